/** A message of a folder. `raw` is what went over the wire, lines ended by CR LF. */
export interface StoredMessage {
  /** Ascending in its folder, never used twice. */
  uid: number;
  raw: Buffer;
  internalDate: Date;
  /** System flags and keywords as IMAP writes them (`\Seen`). */
  flags: Set<string>;
}

export interface Folder {
  uidValidity: number;
  uidNext: number;
  messages: StoredMessage[];
}

export interface StoreLimits {
  /** Messages of one folder. */
  messagesPerFolder?: number;
  /** Bytes of all messages together. */
  totalBytes?: number;
}

export const INBOX = 'INBOX';
export const SENT_ITEMS = 'Sent Items';
/** The folders that every mailbox has. */
export const FOLDERS = [INBOX, 'Deleted Items', 'Drafts', 'Junk Email', SENT_ITEMS] as const;
export type FolderName = (typeof FOLDERS)[number];

/**
 * The mail of all mailboxes, behind all three protocols. Bounded: the oldest message of a folder goes when one too many
 * comes, and the oldest of all when the bytes are too many, so that round trips may go on for ever.
 */
export class MailStore {
  readonly #folders = new Map<string, Folder>();
  readonly #listeners = new Set<() => void>();
  readonly #messagesPerFolder: number;
  readonly #totalBytes: number;
  #bytes = 0;

  constructor({ messagesPerFolder = 500, totalBytes = 64 * 1024 * 1024 }: StoreLimits = {}) {
    this.#messagesPerFolder = messagesPerFolder;
    this.#totalBytes = totalBytes;
  }

  /** Bytes of all messages. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The folder as it is now; it exists in every mailbox. */
  folder(address: string, name: FolderName = INBOX): Folder {
    const key = `${address.toLowerCase()}/${name}`;
    const known = this.#folders.get(key);
    if (known) return known;
    const folder = { uidValidity: this.#folders.size + 1, uidNext: 1, messages: [] };
    this.#folders.set(key, folder);
    return folder;
  }

  list(address: string, name: FolderName = INBOX): readonly StoredMessage[] {
    return this.folder(address, name).messages;
  }

  fetch(address: string, uid: number, name: FolderName = INBOX): StoredMessage | undefined {
    return this.list(address, name).find((message) => message.uid === uid);
  }

  /** Adds a message; a RangeError for one that is larger than the whole store. */
  deliver(
    address: string,
    raw: Buffer,
    { folder: name = INBOX, at = new Date(), flags = [] as Iterable<string> } = {} as {
      folder?: FolderName;
      at?: Date;
      flags?: Iterable<string>;
    },
  ): StoredMessage {
    if (raw.length > this.#totalBytes) throw new RangeError(`a message of ${raw.length} bytes is too large`);
    const folder = this.folder(address, name);
    const message = { uid: folder.uidNext++, raw, internalDate: at, flags: new Set(flags) };
    folder.messages.push(message);
    this.#bytes += raw.length;
    while (folder.messages.length > this.#messagesPerFolder) this.#dropOldest(folder);
    while (this.#bytes > this.#totalBytes) this.#dropOldest(this.#folderOfOldest());
    this.#tell();
    return message;
  }

  /** Marks a message; false when there is none of that number any more. */
  markDeleted(address: string, uid: number, name: FolderName = INBOX): boolean {
    const message = this.fetch(address, uid, name);
    message?.flags.add('\\Deleted');
    return message !== undefined;
  }

  /** Removes what is marked as deleted, of all messages or of those with these numbers; the numbers that went. */
  expunge(address: string, name: FolderName = INBOX, only?: ReadonlySet<number>): number[] {
    const folder = this.folder(address, name);
    const goes = ({ uid, flags }: StoredMessage): boolean =>
      flags.has('\\Deleted') && (only?.has(uid) ?? true);
    const gone = folder.messages.filter(goes);
    folder.messages = folder.messages.filter((message) => !goes(message));
    for (const { raw } of gone) this.#bytes -= raw.length;
    if (gone.length > 0) this.#tell();
    return gone.map(({ uid }) => uid);
  }

  /** Forgets all messages; the numbering goes on, so that no number comes twice. */
  clear(): void {
    for (const folder of this.#folders.values()) folder.messages = [];
    this.#bytes = 0;
    this.#tell();
  }

  /** Called after every arrival and removal, until the function that is given back is called. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #folderOfOldest(): Folder {
    const filled = [...this.#folders.values()].filter(({ messages }) => messages.length > 0);
    const age = ({ messages }: Folder): number => messages[0]?.internalDate.getTime() ?? Infinity;
    return filled.reduce((oldest, folder) => (age(folder) < age(oldest) ? folder : oldest));
  }

  #dropOldest(folder: Folder): void {
    this.#bytes -= folder.messages.shift()?.raw.length ?? 0;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
