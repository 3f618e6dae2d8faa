/** Hosts that everybody knows, and addresses of this machine: they give nobody away. */
const publicHosts =
  /^(?:localhost|(?:[\w-]+\.)*(?:github\.com|celeryq\.dev|bullmq\.io|python\.org|nodejs\.org|redis\.io|rabbitmq\.com|npmjs\.com|pypi\.org|djangoproject\.com))$/i;
const localAddress = /^(?:127\.|0\.0\.0\.0$|::1?$)/;

type Rule = readonly [find: RegExp, put: (...groups: string[]) => string];

const secretName = String.raw`[\w.-]*(?:passw(?:or)?d|passwd|passphrase|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credentials?|session(?:id)?|cookie|authorization|x-api-key)[\w.-]*`;

/** In this order: what is part of something longer comes after it. */
const rules: readonly Rule[] = [
  // Keys and certificates in PEM.
  [
    /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g,
    () => '[removed: a key or certificate]',
  ],
  // `redis://user:password@host:6379/0`: user, password and host.
  [
    /\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@"'<>]*@)?(\[[\da-f:.]+\]|[^\s/:"'<>,;)\]}?#]+)/gi,
    (scheme = '', host = '') =>
      `${scheme}${isPublic(host) || /^file:/i.test(scheme) ? host : '[host]'}`,
  ],
  [/\b(?:Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}/gi, () => '[removed]'],
  // `password=…`, `"apiKey": "…"`, `--token …`, `AWS_SECRET_ACCESS_KEY: …`.
  [
    new RegExp(
      String.raw`(["']?(?:--)?\b${secretName}["']?\s*(?:=>|[=:])\s*)(?!\[removed)("[^"\n]*"|'[^'\n]*'|[^\s,;&)}\]"']+)`,
      'gi',
    ),
    (name = '') => `${name}[removed]`,
  ],
  [
    new RegExp(String.raw`(--${secretName}\s+)("[^"\n]*"|'[^'\n]*'|[^\s-]\S*)`, 'gi'),
    (name = '') => `${name}[removed]`,
  ],
  // `AUTH password` and `requirepass password` of Redis.
  [
    /\b(AUTH|requirepass|masterauth)(\s+)(?!\[)\S+/g,
    (word = '', blank = '') => `${word}${blank}[removed]`,
  ],
  // Tokens by their form: JSON web tokens, those of GitHub, GitLab, AWS, Slack, Stripe, OpenAI, Google, npm.
  [
    /\b(?:eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|A[KS]IA[A-Z0-9]{12,}|xox[abprs]-[\w-]{8,}|(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}|AIza[\w-]{30,}|npm_\w{30,})/g,
    () => '[removed]',
  ],
  // Long strings of letters and digits in both cases: keys of who knows what.
  [/\b(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])(?=[\w+/]*\d)[A-Za-z\d+/]{40,}={0,2}/g, () => '[removed]'],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi, () => '[e-mail]'],
  // The node of a worker: `celery@host`, `celery1@host`; `user@host`.
  [
    /\b([\w-]+@)(?!\[|localhost\b|\d+\.\d)([A-Za-z][\w-]*(?:\.[\w-]+)*)\b/g,
    (name = '') => `${name}[host]`,
  ],
  // The home folder of somebody.
  [
    /(\/(?:home|Users)\/|\b[A-Z]:(?:\\{1,2}|\/)(?:Users|Documents and Settings)(?:\\{1,2}|\/))[^\\/\s"':]+/gi,
    (folder = '') => `${folder}[user]`,
  ],
  // What syslog and journald print in front of each line.
  [
    /^((?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.+Z-]+) )(?!\[)([a-z][\w.-]*)(?= [\w./@-]+(?:\[\d+\])?: )/gim,
    (time = '') => `${time}[host]`,
  ],
  // Names of hosts that are no names of modules.
  [
    /\b(?:[\w-]+\.)+(?:internal|local|lan|corp|intra|intranet|home\.arpa|amazonaws\.com|azure\.com|windows\.net|googleapis\.com|herokuapp\.com|fly\.dev|railway\.app|render\.com|upstash\.io|redislabs\.com|redis-cloud\.com|cloudamqp\.com|svc(?:\.cluster\.local)?)\b/gi,
    () => '[host]',
  ],
  [
    /\b(?:[a-z\d-]+\.){2,}(?:com|net|org|dev|cloud|co|eu|de|fr|uk|us|ru|cn|br|in|jp)\b/gi,
    (...found) => (isPublic(found.at(-1) ?? '') ? (found.at(-1) ?? '') : '[host]'),
  ],
  // `ip-10-0-3-7` of a cloud.
  [/\bip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}\b/g, () => '[host]'],
  [
    /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g,
    (...found) => (localAddress.test(found.at(-1) ?? '') ? (found.at(-1) ?? '') : '[address]'),
  ],
  // An address of version 6 has at least five groups, or two colons; a time has neither.
  [/(?<![\w:.])(?:[\da-f]{1,4}:){4,7}[\da-f]{1,4}(?![\w:])/gi, () => '[address]'],
  [
    /(?<![\w:.])(?:[\da-f]{1,4}:){1,6}:(?:[\da-f]{1,4}(?::[\da-f]{1,4}){0,5})(?![\w:])/gi,
    () => '[address]',
  ],
];

function isPublic(host: string): boolean {
  return publicHosts.test(host) || localAddress.test(host.replaceAll(/[[\]]/g, ''));
}

/**
 * Takes out of a text what should not be public: passwords, tokens, keys, hosts, addresses, e-mails and
 * the names of users. It knows forms, not meanings: whoever sends the text must read it first.
 */
export function redact(text: string): string {
  return rules.reduce(
    (rest, [find, put]) =>
      rest.replace(find, (whole: string, ...found: unknown[]) => {
        const groups = found.filter((one): one is string => typeof one === 'string').slice(0, -1);
        return put(...groups, whole);
      }),
    text,
  );
}
