import { byPathName, slash, type Slips } from './slip.ts';

/** The folders that Linux and macOS have at the root of everything. */
const posixRoots = 'bin|dev|etc|home|opt|private|proc|root|run|sys|tmp|usr|var';
const posixPath = `/^${slash}(?:${posixRoots})(?:${slash}|$)/`;

/** Places in a template literal that are looked at: `${a}/${b}/${c}`. */
const places = [0, 1, 2];

/** What is wrong about paths. */
export const pathSlips: Slips = {
  'no-joined-path': {
    message: 'Windows writes paths with backslashes: use path.join, path.relative, path.sep.',
    selectors: [
      ...places.flatMap((place) =>
        byPathName(
          `expressions.${place}`,
          (path) => `TemplateLiteral${path}[quasis.${place + 1}.value.raw=/^${slash}/]`,
        ),
      ),
      ...byPathName(
        'left',
        (path) => `BinaryExpression[operator='+']${path}[right.value=/^${slash}/]`,
      ),
      ...byPathName(
        'callee.object',
        (path) =>
          `CallExpression${path}[callee.property.name=/^(?:split|startsWith|endsWith|indexOf|lastIndexOf)$/][arguments.0.value=/^${slash}$/]`,
      ),
    ],
    bad: [
      '`${folder}/bugs`',
      '`${name} in ${os.tmpdir()}/x`',
      "projectRoot + '/bugs'",
      "file.split('/')",
      "entry.path.startsWith('/')",
    ],
    good: [
      "path.join(folder, 'bugs')",
      '`${url}/bugs/${slug}/`',
      "entry.split('/')",
      'file.split(path.sep)',
      'path.isAbsolute(file)',
    ],
  },

  'no-posix-path': {
    message:
      'Windows has no such folder: use os.tmpdir(), os.homedir(), os.devNull, or a path that is given.',
    selectors: [`Literal[value=${posixPath}]`, `TemplateElement[value.raw=${posixPath}]`],
    bad: ["open('/dev/null')", "const folder = '/tmp'", 'const file = `/proc/${pid}/stat`'],
    good: ['os.devNull', "get('/bugs/tmp/')", "get('/board')", 'const text = `see /tmp`'],
  },

  'no-path-list': {
    message:
      "Windows separates the folders of PATH by ';', since ':' follows a drive: use path.delimiter.",
    selectors: [
      "CallExpression[callee.property.name='split'][callee.object.property.name=/path$/i][arguments.0.value=':']",
      'Property[key.name=/^(?:PYTHON|NODE_)?PATH$/] > TemplateLiteral > TemplateElement[value.raw=/^:|:$/]',
    ],
    bad: ["process.env.PATH.split(':')", 'const env = { PATH: `${bin}:${process.env.PATH}` }'],
    good: [
      'process.env.PATH.split(path.delimiter)',
      'const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}` }',
      "time.split(':')",
    ],
  },

  'no-path-as-module': {
    message:
      'An absolute path is no module name on Windows (ERR_UNSUPPORTED_ESM_URL_SCHEME), and in a URL it is percent-encoded and has a slash before its drive: use pathToFileURL and fileURLToPath.',
    selectors: [
      "ImportExpression > CallExpression[callee.property.name=/^(?:join|resolve)$/][callee.object.name='path']",
      ...byPathName('source', (path) => `ImportExpression${path}`),
      // BullMQ's sandboxed processor: https://github.com/taskforcesh/bullmq/issues/2372
      "NewExpression[callee.name='Worker'] > CallExpression.arguments[callee.property.name=/^(?:join|resolve)$/]",
      "NewExpression[callee.name='Worker'] > CallExpression.arguments[callee.name='fileURLToPath']",
      "MemberExpression[property.name='pathname'][object.type='NewExpression']:has(MetaProperty)",
      'CallExpression > MemberExpression.callee > MemberExpression.object[object.type=MetaProperty][property.name=url]',
      `TemplateElement[value.raw=/^file:${slash}${slash}/]`,
      `BinaryExpression[operator='+'][left.value=/^file:${slash}${slash}/]`,
    ],
    bad: [
      "import(path.join(folder, 'x.mjs'))",
      'import(file)',
      "import(fileURLToPath(import.meta.resolve('x')))",
      "new Worker('queue', path.join(here, 'processor.mjs'))",
      "new Worker('queue', fileURLToPath(new URL('./processor.mjs', import.meta.url)))",
      "new URL('./x.txt', import.meta.url).pathname",
      "import.meta.url.replace('file://', '')",
      'new URL(`file://${folder}`)',
      "new URL('file://' + folder)",
    ],
    good: [
      'import(pathToFileURL(file).href)',
      "import('./x.mjs')",
      'import(name)',
      "new Worker('queue', new URL('./processor.mjs', import.meta.url))",
      "new Worker('queue', (job) => run(job))",
      "fileURLToPath(new URL('./x.txt', import.meta.url))",
      'new URL(address).pathname',
      'createRequire(import.meta.url)',
    ],
  },

  'no-joined-glob': {
    message: "A pattern is written with '/', and a backslash escapes: give the folder as cwd.",
    selectors: [
      "CallExpression[callee.name=/^glob(?:Sync)?$/] > CallExpression.arguments:first-child[callee.object.name='path']",
    ],
    bad: ["globSync(path.join(folder, '*.json'))"],
    good: ["globSync('*/*.json', { cwd: folder })", 'globSync(`${slug}/*.json`, { cwd: folder })'],
  },

  'no-colon-in-name': {
    message: 'Windows refuses a file whose name has a colon, as times have: leave it out.',
    selectors: [
      "CallExpression[callee.object.name='path'] CallExpression[callee.property.name='toISOString']",
    ],
    bad: [
      'path.join(folder, `${new Date().toISOString()}.log`)',
      'path.join(folder, startedAt.toISOString())',
    ],
    good: ['path.join(folder, `${startedAt.getTime()}.log`)', 'startedAt.toISOString()'],
  },
};
