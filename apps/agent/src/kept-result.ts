/** One result as it is kept: the JSON of its Delivery. */
export interface KeptResult {
  boot: string;
  sequence: number;
  payload: string;
  bytes: number;
  checksum: number;
  keptAt: number;
}
