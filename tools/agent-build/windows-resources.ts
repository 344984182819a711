import * as ResEdit from 'resedit';

const RCDATA = 10;
const ENGLISH = 1033;
const UNICODE = 1200;

/** A node.exe with the blob inside, our version on it, and the fuse set that makes Node look for a blob. */
export function embed(node: Buffer, blob: Buffer, fuse: string, version: string): Buffer {
  // The signature covers bytes that change now; the library leaves it out.
  const exe = ResEdit.NtExecutable.from(node, { ignoreCert: true });
  const resources = ResEdit.NtExecutableResource.from(exe);
  resources.entries.push({
    type: RCDATA,
    id: 'NODE_SEA_BLOB',
    lang: ENGLISH,
    codepage: 0,
    bin: new Uint8Array(blob).buffer,
  });
  const [info] = ResEdit.Resource.VersionInfo.fromEntries(resources.entries);
  const [language] = info?.getAllLanguagesForStringValues() ?? [];
  if (!info || !language) throw new Error('this node.exe has no version resource');
  info.removeAllStringValues(language);
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  info.setFileVersion(major, minor, patch, 0, ENGLISH);
  info.setProductVersion(major, minor, patch, 0, ENGLISH);
  info.setStringValues(
    { lang: ENGLISH, codepage: UNICODE },
    {
      CompanyName: 'Mailpath',
      ProductName: 'Mailpath agent',
      FileDescription: 'Mailpath agent',
      FileVersion: `${version}.0`,
      ProductVersion: version,
      OriginalFilename: 'mailpath-agent.exe',
      InternalName: 'mailpath-agent',
      LegalCopyright: '',
    },
  );
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  const bytes = Buffer.from(exe.generate());
  const off = Buffer.from(`${fuse}:0`);
  const at = bytes.indexOf(off);
  if (at < 0 || bytes.indexOf(off, at + 1) >= 0) throw new Error('this node.exe has no fuse, or two');
  bytes[at + off.length - 1] = '1'.charCodeAt(0);
  return bytes;
}
