import { behindPrefixes } from './prefixes.ts';

/** Only the beginning of a line is looked at: loggers put the level there, and messages start there. */
const longestStart = 600;

/** The level as loggers print it: `ERROR/MainProcess]`, `level=error`, `"level":"error"`, `##[error]`. */
const upperLevel =
  /(?:^|[\s[(:|<])(?:ERROR|ERR|CRITICAL|CRIT|FATAL|SEVERE|EMERG|PANIC)(?=[\s\]):/|>]|$)/;
const markedLevel =
  /(?:\[|\()(?:error|err|fatal|critical|crit)(?:\]|\)|\s)|\b(?:level|lvl|severity|levelname)["']?\s?[=:]\s?["']?(?:error|err|fatal|critical|crit|panic|[56]0\b)|^::error\b/i;
/** What Redis and RabbitMQ refuse a command with. */
const refusal =
  /\b(?:NOAUTH|WRONGPASS|NOPERM|READONLY|LOADING|MISCONF|CROSSSLOT|WRONGTYPE|NOSCRIPT|MASTERDOWN|CLUSTERDOWN|EXECABORT|UNKILLABLE|NOREPLICAS|OOM command|BUSY Redis|PRECONDITION_FAILED|ACCESS_REFUSED|NOT_FOUND|RESOURCE_LOCKED)\b/;
/** What kernels, shells and runtimes say of a program that has ended. */
const ended =
  /\b(?:[Ss]egmentation fault|[Cc]ore dumped|[Oo]ut of memory|OOMKilled|oom-kill|CrashLoopBackOff|Killed process \d+|exited with code \[?[1-9-]|exit(?:ed)? (?:code|status)[: ]{1,2}[1-9]|status=\d+\/\w+|code=(?:killed|dumped)|heap limit Allocation failed|heap out of memory)/;
/** An exception by its name: at the start of a message, or as others quote it. */
const exceptionStart =
  /^(?:Uncaught |Unhandled |\[|\w+: )?(?:[\w$]+[.:]{1,2}){0,8}[\w$]*(?:Error|Exception)(?=:|\(|$| \[|\])/;
const exceptionInside =
  /[\s:=("'[]((?:[\w$]+\.){0,8}[A-Z][\w$]*(?:Error|Exception))(?=: |\("|\('|\(\))/;
const lowerStart =
  /^(?:error|err|fatal|critical|panic|uncaught|unhandled)(?=[\s:!\])|]|$)(?!\s*[:=]\s*(?:0|none|null|false|undefined)\b)/i;
/** A line of source in a traceback, and what only speaks of errors. */
const source =
  /^\s*(?:raise|throw|except|catch|return|if|elif|for|while|def|class|import|from|const|let|var|await|yield|@)\b.*(?:[();{}:]|$)/;

/** Words of trouble that stand in messages without a level. */
const trouble =
  /\b(?:fail(?:ed|ure|s|ing)?|cannot|can't|could not|couldn't|unable|refus(?:ed|ing)|denied|timed out|timeout|not found|missing|invalid|unexpected|unknown|exited|killed|crash(?:ed)?|abort(?:ed)?|lost|closed|disconnected|does not exist|no such|not allowed|not supported|not exported|unsupported|undeclared|unregistered|duplicate|corrupt(?:ed)?|stalled|locked|conflict|mismatch|exceeded|overflow|different loop|rejected|unhandled|undefined|NaN|null is not|is not a|must (?:be|not|have)|\w+Warning(?=:)|Traceback|(?<![/\w-])(?:errors?|exceptions?)(?![/\w])|E[A-Z]{4,}|DEADLOCK|deadlock)\b/;
const harmless =
  /\b(?:DEBUG|TRACE|INFO|debug|trace|info|notice)\b|DeprecationWarning|\b(?:0|no) (?:errors?|failures?|failed)\b|succeeded|successfully/;

/** What every line with the form of an error contains; most lines do not, so this is asked first. */
const errorHint =
  /err|exception|crit|fatal|severe|emerg|panic|uncaught|unhandled|level|lvl|severity|[A-Z]{4}|BUSY|fault|dumped|memory|oom|Back|Killed|exit|status=|code=|heap/i;

/** Whether a line has the form of an error, whatever stands before its message. */
export function looksLikeError(line: string): boolean {
  return errorHint.test(line) && isError(line.slice(0, longestStart));
}

/** Whether the words of a line speak of trouble, as a message without a level does. */
export function speaksOfTrouble(line: string): boolean {
  const text = line.slice(0, longestStart);
  return trouble.test(text) && !harmless.test(text) && !source.test(text);
}

function isError(text: string): boolean {
  if (upperLevel.test(text) || refusal.test(text) || ended.test(text)) return true;
  if (markedLevel.test(text)) return true;
  if (source.test(text)) return false;
  if (behindPrefixes(text, (rest) => exceptionStart.test(rest) || lowerStart.test(rest))) {
    return true;
  }
  return exceptionInside.test(text);
}

/** Whether a line starts with an exception and its message, which says more than what a logger calls an error. */
export function startsWithException(line: string): boolean {
  const text = line.trimStart();
  return exceptionStart.test(text) && /^[^:]{1,300}: *\S/.test(text);
}
