/**
 * AADSTS numbers by what can mend them (Microsoft: Entra authentication error codes). What is in no group is told as the refusal
 * that it is.
 */
export const SECRET = new Set([
  70002, 7000215, 7000222, 7000218, 50012, 50003, 700027, 700030, 50013, 500133,
]);
export const CONSENT = new Set([
  65001, 65002, 65004, 65005, 650053, 650054, 650056, 650057, 90008, 90094, 90095, 90099, 70011, 28002, 28003,
  700022, 700023,
]);
export const REDIRECT = new Set([50011, 500113, 900971, 70004]);
export const REGISTRATION = new Set([
  700016, 700011, 700025, 70001, 7000112, 7000229, 90002, 900023, 90019, 50059, 50128, 50194, 700005, 9001023,
  90038, 90043, 90051, 900382, 900432, 9002332, 90124, 90130, 500011, 50001,
]);
export const ACCOUNT = new Set([
  50034, 50053, 50055, 50056, 50057, 50064, 50126, 50105, 50144, 50020, 50014, 51004, 16000, 16003, 90072,
  500200, 500208, 50197, 81012,
]);
/** Only a new interactive sign-in helps. */
export const REVOKED = new Set([50173, 70000, 70008, 700082, 700084, 70043, 50132, 50133, 50085, 50089]);
/** Conditional Access, multi-factor authentication, security defaults, device and risk. */
export const POLICY = new Set([
  50005, 50072, 50074, 50076, 50078, 50079, 50097, 50129, 50131, 50155, 50158, 50187, 500212, 500213, 53000,
  530002, 53001, 530003, 53002, 53003, 53004, 53010, 53011, 530032, 530035, 700020,
]);
/** A proxy adds the header that restricts tenants. */
export const RESTRICTED = new Set([50002, 500021, 500022]);
