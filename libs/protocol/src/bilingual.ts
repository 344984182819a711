/** A text in both languages of the product. A translation that is missing does not compile. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}
