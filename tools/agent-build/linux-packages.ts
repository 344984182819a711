import { copyFileSync, chmodSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './debian-tool.ts';
import { AGENT_VERSION, LICENCE, PACKAGING, RELEASE, SOURCE_DATE_EPOCH, WORK } from './places.ts';

const LINUX = path.join(PACKAGING, 'linux');
const SUMMARY = 'Says why a Cisco ECE server cannot use Microsoft 365 mail';

/** What one package is made of. */
export interface PackageParts {
  program: string;
  notices: string;
  version: string;
  /** A folder for the files on the path there; it is emptied. */
  work: string;
  /** The package itself. */
  file: string;
}

const released = (name: string): PackageParts => ({
  program: path.join(RELEASE, 'mailpath-agent'),
  notices: path.join(RELEASE, 'third-party-notices.txt'),
  version: AGENT_VERSION,
  work: path.join(WORK, name),
  file: path.join(RELEASE, `mailpath-agent.${name}`),
});

/** DEBIAN/control. The C library is the oldest that Node 24 runs with. */
export const control = (installedKiB: number, version = AGENT_VERSION): string =>
  [
    'Package: mailpath-agent',
    `Version: ${version}`,
    'Architecture: amd64',
    'Maintainer: Mailpath',
    `Installed-Size: ${installedKiB}`,
    'Depends: libc6 (>= 2.28), libstdc++6, adduser',
    'Section: admin',
    'Priority: optional',
    `Description: ${SUMMARY}`,
    '',
  ].join('\n');

/** What lies on the machine afterwards, below `root`. */
function layOut(root: string, { program, notices }: PackageParts): void {
  const place = (from: string, to: string): void => {
    mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
    copyFileSync(from, path.join(root, to));
  };
  place(program, 'usr/lib/mailpath-agent/mailpath-agent');
  place(path.join(LINUX, 'enrol-as-given'), 'usr/lib/mailpath-agent/enrol-as-given');
  chmodSync(path.join(root, 'usr/lib/mailpath-agent/enrol-as-given'), 0o755);
  place(path.join(LINUX, 'mailpath-agent.service'), 'usr/lib/systemd/system/mailpath-agent.service');
  place(notices, 'usr/share/doc/mailpath-agent/third-party-notices.txt');
  mkdirSync(path.join(root, 'usr/bin'), { recursive: true });
  symlinkSync('../lib/mailpath-agent/mailpath-agent', path.join(root, 'usr/bin/mailpath-agent'));
}

/** `mailpath-agent.deb`. */
export const deb = (): string => buildDeb(released('deb'));

/** `mailpath-agent.rpm`, of the same files and scripts. */
export const rpm = (): string => buildRpm(released('rpm'));

/** `compression`: options of dpkg-deb; a test has no time for the best. */
export function buildDeb(parts: PackageParts, compression: readonly string[] = ['-Zxz', '-z6']): string {
  const { program, version, work, file } = parts;
  rmSync(work, { recursive: true, force: true });
  layOut(work, parts);
  mkdirSync(path.join(work, 'DEBIAN'));
  const kib = Math.ceil(statSync(program).size / 1024);
  writeFileSync(path.join(work, 'DEBIAN/control'), control(kib, version));
  for (const script of ['postinst', 'prerm', 'postrm']) {
    const to = path.join(work, 'DEBIAN', script);
    copyFileSync(path.join(LINUX, script), to);
    chmodSync(to, 0o755);
  }
  run('dpkg-deb', ['--root-owner-group', ...compression, '-b', work, file]);
  return file;
}

export function buildRpm(parts: PackageParts): string {
  const { version, work, file } = parts;
  rmSync(work, { recursive: true, force: true });
  const [root, top] = [path.join(work, 'root'), path.join(work, 'top')];
  layOut(root, parts);
  mkdirSync(top);
  const spec = path.join(top, 'mailpath-agent.spec');
  writeFileSync(spec, rpmSpec(root, version));
  run('rpmbuild', ['-bb', '--define', `_topdir ${top}`, '--target', 'x86_64', spec]);
  copyFileSync(path.join(top, `RPMS/x86_64/mailpath-agent-${version}-1.x86_64.rpm`), file);
  return file;
}

/** Without rpmbuild's own strip, which would destroy the program. */
export const rpmSpec = (root: string, version = AGENT_VERSION): string => `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload w6.xzdio
%global _buildhost mailpath
%global clamp_mtime_to_source_date_epoch 1
%global use_source_date_epoch_as_buildtime 1
Name: mailpath-agent
Version: ${version}
Release: 1
Summary: ${SUMMARY}
License: ${LICENCE === 'UNLICENSED' ? 'Proprietary' : LICENCE}
AutoReqProv: no
Requires: glibc >= 2.28, libstdc++, shadow-utils
%description
${SUMMARY}.
%install
cp -a ${root}/. %{buildroot}
find %{buildroot} -exec touch -h -d @${SOURCE_DATE_EPOCH} {} +
%files
%attr(0755, root, root) /usr/lib/mailpath-agent/mailpath-agent
%attr(0755, root, root) /usr/lib/mailpath-agent/enrol-as-given
%attr(0644, root, root) /usr/lib/systemd/system/mailpath-agent.service
%attr(0644, root, root) /usr/share/doc/mailpath-agent/third-party-notices.txt
/usr/bin/mailpath-agent
%post
getent passwd mailpath-agent >/dev/null || useradd --system --user-group --home-dir /var/lib/mailpath-agent --no-create-home --shell /sbin/nologin mailpath-agent
install -d -m 0700 -o mailpath-agent -g mailpath-agent /var/lib/mailpath-agent
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable --quiet mailpath-agent
fi
/usr/lib/mailpath-agent/enrol-as-given || exit 1
if [ -d /run/systemd/system ] && [ -f /var/lib/mailpath-agent/agent.json ]; then systemctl restart mailpath-agent; fi
%preun
if [ "$1" = 0 ] && [ -d /run/systemd/system ]; then systemctl disable --now --quiet mailpath-agent || true; fi
%postun
if [ "$1" = 0 ]; then rm -f /etc/default/mailpath-agent-enrol; fi
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
`;
