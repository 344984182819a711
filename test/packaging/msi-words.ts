/** A row of CustomAction: its name, type, source and target. */
type Row = readonly string[];

/**
 * Properties as they are after the actions that set one (type 51), in their order: of Windows Installer's conditions
 * and formatted texts so much as this package has.
 */
export function propertiesAfter(
  actions: readonly Row[],
  sequence: readonly Row[],
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const properties = { ...given };
  const inOrder = sequence.toSorted((a, b) => Number(a[2]) - Number(b[2]));
  for (const [name, condition = ''] of inOrder) {
    const [, type, source = '', target = ''] = actions.find((action) => action[0] === name) ?? [];
    if (type === '51' && holds(condition, properties)) properties[source] = formatted(target, properties);
  }
  return properties;
}

/** `[NAME]` by its value, as Windows Installer puts it there: as it is. */
export const formatted = (text: string, properties: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\[(\w+)\]/g, (_, name: string) => properties[name] ?? '');

function holds(condition: string, properties: Readonly<Record<string, string>>): boolean {
  const value = (name = ''): string => properties[name] ?? '';
  if (condition === '1') return true;
  const end = /^(\w+) >> "([^"]*)"$/.exec(condition);
  if (end) return value(end[1]).endsWith(end[2] ?? '');
  const [, not, name] = /^(NOT )?(\w+)$/.exec(condition) ?? [];
  if (name === undefined) throw new Error(`this spec cannot read the condition ${condition}`);
  return (value(name) !== '') !== (not !== undefined);
}
