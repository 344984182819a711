const LATEST = 'The latest ES of the release is best practice.';

export const version = {
  'version.missing': () => 'The version of ECE is not entered.',
  'version.enter': () =>
    'Enter the release and the ES level as ECE names them, such as 12.6(1) and ES5, or 11.6(1) and ES12_ET1.',
  'version.unknown-form': (given: readonly string[]) =>
    `${given.join(' with ')} is no form of version that is known here.`,
  'version.too-old': (release: string) =>
    `For ${release} no ES with OAuth for Microsoft 365 is known; 11.6(1) with ES12 and ES12_ET1 is the first.`,
  'version.upgrade': () => 'Upgrade ECE to a release with OAuth.',
  'version.later': (release: string) =>
    `${release} is later than the releases that the checklist names; OAuth is presumably part of it.`,
  'version.no-minimum': (release: string) => `The checklist names no minimum for ${release}.`,
  'version.read-notes': () => `Look OAuth up in the release notes and the guide of that release. ${LATEST}`,
  'version.no-level': (release: string, needed: readonly string[]) =>
    `${release} needs ${needed.join(' and ')}, and the ES level is not entered.`,
  'version.low': (release: string, level: string, needed: readonly string[]) =>
    `${release} has ${level}; OAuth for Microsoft 365 needs ${needed.join(' and ')}.`,
  'version.install': (needed: readonly string[]) => `Install ${needed.join(' and ')}. ${LATEST}`,
  'version.test-unknown': (release: string, level: string, test: string) =>
    `${release} has ${level}; whether it contains ${test} does not follow from its number.`,
  'version.check-test': (level: string, test: string) =>
    `Check by hand, in the release notes of ${level}, that it contains ${test}.`,
  'version.enough': (release: string, level: string, needed: readonly string[]) =>
    `${release} with ${level} has OAuth for Microsoft 365 (from ${needed.join(' and ')} on).`,
  'version.latest': () => LATEST,
};
