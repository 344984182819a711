import {
  copyFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { run } from './debian-tool.ts';
import { AGENT_VERSION, LICENCE, PACKAGING, RELEASE, SOURCE_DATE_EPOCH, WORK } from './places.ts';

const LINUX = path.join(PACKAGING, 'linux');
const SUMMARY = 'Says why a Cisco ECE server cannot use Microsoft 365 mail';

/** DEBIAN/control. The C library is the oldest that Node 24 runs with. */
export const control = (installedKiB: number): string =>
  [
    'Package: mailpath-agent',
    `Version: ${AGENT_VERSION}`,
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
function layOut(root: string): void {
  rmSync(root, { recursive: true, force: true });
  const place = (from: string, to: string): void => {
    mkdirSync(path.dirname(path.join(root, to)), { recursive: true });
    copyFileSync(from, path.join(root, to));
  };
  place(path.join(RELEASE, 'mailpath-agent'), 'usr/lib/mailpath-agent/mailpath-agent');
  place(path.join(LINUX, 'mailpath-agent.service'), 'usr/lib/systemd/system/mailpath-agent.service');
  place(
    path.join(RELEASE, 'third-party-notices.txt'),
    'usr/share/doc/mailpath-agent/third-party-notices.txt',
  );
  mkdirSync(path.join(root, 'usr/bin'), { recursive: true });
  symlinkSync('../lib/mailpath-agent/mailpath-agent', path.join(root, 'usr/bin/mailpath-agent'));
}

/** `mailpath-agent.deb`. */
export function deb(): string {
  const root = path.join(WORK, 'deb');
  layOut(root);
  const size = readFileSync(path.join(RELEASE, 'mailpath-agent')).length;
  mkdirSync(path.join(root, 'DEBIAN'));
  writeFileSync(path.join(root, 'DEBIAN/control'), control(Math.ceil(size / 1024)));
  for (const script of ['postinst', 'prerm', 'postrm']) {
    const to = path.join(root, 'DEBIAN', script);
    copyFileSync(path.join(LINUX, script), to);
    chmodSync(to, 0o755);
  }
  const file = path.join(RELEASE, 'mailpath-agent.deb');
  run('dpkg-deb', ['--root-owner-group', '-Zxz', '-z6', '-b', root, file]);
  return file;
}

/** `mailpath-agent.rpm`, of the same files and scripts. */
export function rpm(): string {
  const root = path.join(WORK, 'rpm-root');
  layOut(root);
  const top = path.join(WORK, 'rpm');
  rmSync(top, { recursive: true, force: true });
  mkdirSync(top, { recursive: true });
  const spec = path.join(top, 'mailpath-agent.spec');
  writeFileSync(spec, rpmSpec(root));
  run('rpmbuild', ['-bb', '--define', `_topdir ${top}`, '--target', 'x86_64', spec]);
  const file = path.join(RELEASE, 'mailpath-agent.rpm');
  copyFileSync(path.join(top, `RPMS/x86_64/mailpath-agent-${AGENT_VERSION}-1.x86_64.rpm`), file);
  return file;
}

/** Without rpmbuild's own strip, which would destroy the program. */
export const rpmSpec = (root: string): string => `%global __os_install_post %{nil}
%global debug_package %{nil}
%global _build_id_links none
%global _binary_payload w6.xzdio
%global _buildhost mailpath
%global clamp_mtime_to_source_date_epoch 1
%global use_source_date_epoch_as_buildtime 1
Name: mailpath-agent
Version: ${AGENT_VERSION}
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
%attr(0644, root, root) /usr/lib/systemd/system/mailpath-agent.service
%attr(0644, root, root) /usr/share/doc/mailpath-agent/third-party-notices.txt
/usr/bin/mailpath-agent
%post
getent passwd mailpath-agent >/dev/null || useradd --system --user-group --home-dir /var/lib/mailpath-agent --no-create-home --shell /sbin/nologin mailpath-agent
install -d -m 0700 -o mailpath-agent -g mailpath-agent /var/lib/mailpath-agent
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  systemctl enable --quiet mailpath-agent
  if [ -f /var/lib/mailpath-agent/agent.json ]; then systemctl restart mailpath-agent; fi
fi
%preun
if [ "$1" = 0 ] && [ -d /run/systemd/system ]; then systemctl disable --now --quiet mailpath-agent || true; fi
%postun
if [ -d /run/systemd/system ]; then systemctl daemon-reload; fi
`;
