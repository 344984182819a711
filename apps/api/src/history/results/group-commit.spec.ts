import { describe, expect, it } from 'vitest';
import { GroupCommit, type Grouping, type MemberOutcome } from './group-commit.ts';

interface Member {
  key: string;
  name: string;
  size?: number;
  alone?: boolean;
}

class Refused extends Error {}
class Away extends Error {}

/** Commits that end when the spec says so. */
function scripted(rules: Partial<Grouping<Member>> = {}) {
  const begun: { names: string[]; end: PromiseWithResolvers<readonly MemberOutcome<string>[]> }[] = [];
  const commit = (members: readonly Member[]): Promise<readonly MemberOutcome<string>[]> => {
    const end = Promise.withResolvers<readonly MemberOutcome<string>[]>();
    begun.push({ names: members.map(({ name }) => name), end });
    return end.promise;
  };
  const groups = new GroupCommit<Member, string>(commit, {
    key: ({ key }) => key,
    size: ({ size }) => size ?? 1,
    isAlone: ({ alone }) => alone ?? false,
    limit: 10,
    groups: 1,
    mayPartsSucceed: (error) => !(error instanceof Away),
    ...rules,
  });
  return {
    groups,
    /** Names of the groups so far, in the order in which they were begun. */
    begun: () => begun.map(({ names }) => names.join(' ')),
    succeed: (at: number) =>
      begun[at]?.end.resolve(begun[at].names.map((name) => ({ value: `${name} stored` }))),
    answer: (at: number, outcomes: readonly MemberOutcome<string>[]) => begun[at]?.end.resolve(outcomes),
    fail: (at: number, error: Error) => begun[at]?.end.reject(error),
  };
}

const member = (key: string, name: string, more: Partial<Member> = {}): Member => ({ key, name, ...more });

describe('a group', () => {
  it('waits for nobody, and is whatever came while the one before was under way', async () => {
    const { groups, begun, succeed } = scripted();
    const all = ['a', 'b', 'c'].map((name) => groups.add(member(name, name)));
    expect(begun()).toEqual(['a']);
    succeed(0);
    await all[0];
    await expect.poll(begun).toEqual(['a', 'b c']);
    succeed(1);
    expect(await Promise.all(all)).toEqual(['a stored', 'b stored', 'c stored']);
  });

  it('has the oldest of a key only, whoever comes later does not overtake, also not in another group', async () => {
    const { groups, begun, succeed } = scripted({ groups: 2 });
    const all = [
      groups.add(member('x', 'x1')),
      groups.add(member('x', 'x2')),
      groups.add(member('x', 'x3')),
      groups.add(member('y', 'y1')),
    ];
    expect(begun()).toEqual(['x1', 'y1']);
    succeed(1);
    await all[3];
    expect(begun()).toEqual(['x1', 'y1']);
    succeed(0);
    await expect.poll(begun).toEqual(['x1', 'y1', 'x2']);
    succeed(2);
    await expect.poll(begun).toEqual(['x1', 'y1', 'x2', 'x3']);
    succeed(3);
    await Promise.all(all);
  });

  it('is no larger than the limit, unless one member is', async () => {
    const { groups, begun, succeed } = scripted();
    const sizes = [1, 6, 4, 3, 25, 2];
    const all = sizes.map((size) => groups.add(member(`k${size}`, `s${size}`, { size })));
    for (const [at, names] of ['s1', 's6 s4', 's3 s2', 's25'].entries()) {
      await expect.poll(() => begun()[at]).toBe(names);
      succeed(at);
    }
    expect(await Promise.all(all)).toHaveLength(sizes.length);
  });

  it('has one member where that needs a group of its own, and keeps its place by its key', async () => {
    const { groups, begun, succeed } = scripted();
    const all = [
      groups.add(member('a', 'a1')),
      groups.add(member('b', 'b1')),
      groups.add(member('c', 'c1', { alone: true })),
      groups.add(member('c', 'c2')),
      groups.add(member('d', 'd1')),
    ];
    for (const [at, names] of ['a1', 'b1 d1', 'c1', 'c2'].entries()) {
      await expect.poll(() => begun()[at]).toBe(names);
      succeed(at);
    }
    await Promise.all(all);
  });
});

describe('what one member suffers', () => {
  const three = async (script: ReturnType<typeof scripted>) => {
    const first = script.groups.add(member('first', 'first'));
    const all = ['a', 'b', 'c'].map((name) => script.groups.add(member(name, name)));
    script.succeed(0);
    await first;
    await expect.poll(script.begun).toEqual(['first', 'a b c']);
    return Promise.allSettled(all);
  };

  it('is its own where it is refused: the others are committed', async () => {
    const script = scripted();
    const settled = (async () => three(script))();
    await expect.poll(() => script.begun().length).toBe(2);
    script.answer(1, [{ value: 'a stored' }, { refusal: new Refused('b') }, { value: 'c stored' }]);
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(script.begun()).toHaveLength(2);
  });

  it('is its own where the group fails because of it: each is tried again alone', async () => {
    const script = scripted();
    const settled = three(script);
    await expect.poll(() => script.begun().length).toBe(2);
    script.fail(1, new Error('a value that cannot be stored'));
    await expect.poll(script.begun).toEqual(['first', 'a b c', 'a', 'b', 'c']);
    script.succeed(2);
    script.fail(3, new Refused('b'));
    script.succeed(4);
    expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('is everybody’s where the database is away: nobody is tried again, and the next group is begun', async () => {
    const script = scripted();
    const settled = three(script);
    await expect.poll(() => script.begun().length).toBe(2);
    script.fail(1, new Away());
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    const next = script.groups.add(member('a', 'a again'));
    await expect.poll(script.begun).toEqual(['first', 'a b c', 'a again']);
    script.succeed(2);
    expect(await next).toBe('a again stored');
  });
});
