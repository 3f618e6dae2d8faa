import type { Role } from '../person.ts';

/** What one write of Bull Board is called in the audit log, and who may do it. */
interface BoardWrite {
  readonly role: Exclude<Role, 'viewer'>;
  readonly action: string;
}

const operator = (action: string): BoardWrite => ({ role: 'operator', action });
const admin = (action: string): BoardWrite => ({ role: 'admin', action });

/**
 * The writes of Bull Board 9.10, by method and route. An operator may do what an incident asks for; an
 * admin alone what takes away everything at once, or what would come again by itself.
 */
const boardWrites: Readonly<Record<string, BoardWrite>> = {
  'put /api/queues/pause': operator('pause every queue'),
  'put /api/queues/resume': operator('resume every queue'),
  'post /api/queues/:queueName/add': operator('add a job'),
  'put /api/queues/:queueName/retry/:queueStatus': operator('retry all jobs of a state'),
  'put /api/queues/:queueName/promote': operator('promote all delayed jobs'),
  'put /api/queues/:queueName/clean/:queueStatus': operator('remove all jobs of a state'),
  'put /api/queues/:queueName/pause': operator('pause a queue'),
  'put /api/queues/:queueName/resume': operator('resume a queue'),
  'put /api/queues/:queueName/concurrency': operator('set the concurrency of a queue'),
  'put /api/queues/:queueName/rate-limit': operator('set the rate limit of a queue'),
  'put /api/queues/:queueName/rate-limit/release': operator('release the rate limit of a queue'),
  'put /api/queues/:queueName/empty': admin('empty a queue'),
  'put /api/queues/:queueName/obliterate': admin('obliterate a queue'),
  'put /api/queues/:queueName/job-schedulers/:schedulerId/remove': admin('remove a schedule'),
  'patch /api/queues/:queueName/job-schedulers/:schedulerId': admin('change a schedule'),
  'put /api/queues/:queueName/job-schedulers/:schedulerId/run': operator('run a schedule now'),
  'put /api/queues/:queueName/:jobId/retry': operator('retry a job'),
  'put /api/queues/:queueName/:jobId/clean': operator('remove a job'),
  'put /api/queues/:queueName/:jobId/promote': operator('promote a job'),
  'patch /api/queues/:queueName/:jobId/update-data': operator('change the data of a job'),
  'patch /api/queues/:queueName/:jobId/delay': operator('change the delay of a job'),
  'patch /api/queues/:queueName/:jobId/priority': operator('change the priority of a job'),
  'put /api/queues/:queueName/:jobId/remove-unprocessed-children': operator(
    'remove the unprocessed children of a job',
  ),
  'post /api/metrics/history/purge': admin('purge the history'),
};

/** The role that a route of Bull Board asks for. A write that is not known here, of a later version, is for admins. */
export function roleOf(method: string, route: string): Role {
  if (/^(get|head|options)$/i.test(method)) return 'viewer';
  return boardWrites[`${method.toLowerCase()} ${route}`]?.role ?? 'admin';
}

interface Described {
  readonly action: string;
  /** As the board names it. */
  readonly queue?: string | undefined;
  readonly subject?: string | undefined;
}

const patterns = Object.entries(boardWrites).map(([key, { action }]) => {
  const [method = '', route = ''] = key.split(' ');
  const pattern = route.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
  return { method, action, pattern: new RegExp(`^${pattern}/?$`, 'i') };
});

/** What the audit log says of a write, by its path below the board. */
export function describeWrite(method: string, path: string): Described {
  for (const one of patterns) {
    const match = one.method === method.toLowerCase() ? one.pattern.exec(path) : null;
    if (match === null) continue;
    const { queueName, ...others } = match.groups ?? {};
    const subject = Object.values(others).map(decoded).join(' ') || undefined;
    return { action: one.action, queue: queueName && decoded(queueName), subject };
  }
  return { action: `${method} on the board`, subject: path };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
