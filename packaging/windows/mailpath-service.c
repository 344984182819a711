/* mailpath-service.exe: the Windows service. It runs mailpath-agent.exe beside it, restarts it with back-off, keeps its output in a rotated log,
   and stops it by closing its standard input. What ends the service ends the agent: they share a job. */
#define WIN32_LEAN_AND_MEAN
#define _WIN32_WINNT 0x0A00
#include <windows.h>
#include <stdio.h>
#define NAME L"mailpath-agent"
enum { LOG_BYTES = 10 << 20, GRACE_MS = 15000, PATIENCE_MS = 60000 };
static SERVICE_STATUS_HANDLE handle; static SERVICE_STATUS status = { SERVICE_WIN32_OWN_PROCESS }; static HANDLE stopping;
static wchar_t module[MAX_PATH], folder[MAX_PATH], logs[MAX_PATH];
static void report(DWORD state, DWORD hintMs) { static DWORD step; status.dwCurrentState = state; status.dwWaitHint = hintMs;
  status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN : 0;
  status.dwCheckPoint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : ++step; SetServiceStatus(handle, &status);
}
/* Ids 1 to 1000 have the text %1 in EventCreate.exe, which the installer registers as our message file. */
static void event(WORD type, DWORD id, const wchar_t *format, ...) {
  wchar_t text[512]; const wchar_t *one = text; va_list rest; va_start(rest, format); _vsnwprintf(text, 511, format, rest); va_end(rest); text[511] = 0;
  HANDLE source = RegisterEventSourceW(NULL, NAME);
  if (source) { ReportEventW(source, type, 0, id, NULL, 1, 0, &one, NULL); DeregisterEventSource(source); }
}
static DWORD WINAPI control(DWORD code, DWORD type, void *data, void *context) {
  (void)type, (void)data, (void)context;
  if (code != SERVICE_CONTROL_STOP && code != SERVICE_CONTROL_PRESHUTDOWN) return code == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
  report(SERVICE_STOP_PENDING, GRACE_MS + 5000); SetEvent(stopping); return NO_ERROR;
}
static HANDLE openFile(const wchar_t *file) { return CreateFileW(file, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_DELETE, NULL, OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL); }
static HANDLE openLog(DWORD *size) {
  wchar_t file[MAX_PATH + 16], older[MAX_PATH + 16]; _snwprintf(file, MAX_PATH + 16, L"%ls\\agent.log", logs); _snwprintf(older, MAX_PATH + 16, L"%ls\\agent.1.log", logs);
  HANDLE log = openFile(file); *size = log == INVALID_HANDLE_VALUE ? 0 : GetFileSize(log, NULL); if (*size < LOG_BYTES) return log;
  CloseHandle(log); MoveFileExW(file, older, MOVEFILE_REPLACE_EXISTING); *size = 0; return openFile(file);
}
/* The agent's output, to the end of the pipe. A log that cannot be written does not stop the agent: its output is then thrown away. */
static DWORD WINAPI drain(void *pipe) {
  char bytes[8192]; DWORD got, put, size; HANDLE log = openLog(&size);
  while (ReadFile(pipe, bytes, sizeof bytes, &got, NULL) && got) {
    if (log != INVALID_HANDLE_VALUE) WriteFile(log, bytes, got, &put, NULL);
    if ((size += got) >= LOG_BYTES) { if (log != INVALID_HANDLE_VALUE) CloseHandle(log); log = openLog(&size); }
  }
  if (log != INVALID_HANDLE_VALUE) CloseHandle(log);
  CloseHandle(pipe); return 0;
}
static HANDLE start(HANDLE job, HANDLE *input) {
  SECURITY_ATTRIBUTES inherit = { sizeof inherit, NULL, TRUE }; HANDLE inRead, outRead, outWrite; wchar_t command[4096], tail[2048] = L"";
  const wchar_t *own = GetCommandLineW(); size_t self = wcslen(module); /* what stands behind our own path, quoted or not, is for the agent */
  if (*own == L'"') { own = wcschr(own + 1, L'"'); if (own) own++; } else own = _wcsnicmp(own, module, self) == 0 ? own + self : wcschr(own, L' ');
  if (own) wcsncpy(tail, own, 2047);
  /* The one-file program, or Node's own executable and the script beside it. */
  wchar_t program[MAX_PATH + 32]; _snwprintf(program, MAX_PATH + 32, L"%ls\\mailpath-agent.exe", folder);
  if (GetFileAttributesW(program) != INVALID_FILE_ATTRIBUTES) _snwprintf(command, 4096, L"\"%ls\" run --stop-with-stdin%ls", program, tail);
  else _snwprintf(command, 4096, L"\"%ls\\node.exe\" --max-semi-space-size=1 --optimize-for-size \"%ls\\mailpath-agent.cjs\" run --stop-with-stdin%ls", folder, folder, tail);
  if (!CreatePipe(&inRead, input, &inherit, 0) || !CreatePipe(&outRead, &outWrite, &inherit, 0)) return NULL;
  SetHandleInformation(*input, HANDLE_FLAG_INHERIT, 0); SetHandleInformation(outRead, HANDLE_FLAG_INHERIT, 0);
  STARTUPINFOW si = { sizeof si }; PROCESS_INFORMATION pi = { 0 }; si.dwFlags = STARTF_USESTDHANDLES; si.hStdInput = inRead; si.hStdOutput = outWrite; si.hStdError = outWrite;
  BOOL made = CreateProcessW(NULL, command, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, folder, &si, &pi);
  DWORD error = GetLastError(); CloseHandle(inRead); CloseHandle(outWrite);
  if (!made) { CloseHandle(*input); CloseHandle(outRead); event(EVENTLOG_ERROR_TYPE, 3, L"the agent cannot be started: error %lu", error); return NULL; }
  AssignProcessToJobObject(job, pi.hProcess); ResumeThread(pi.hThread); CloseHandle(pi.hThread);
  CloseHandle(CreateThread(NULL, 0, drain, outRead, 0, NULL)); return pi.hProcess;
}
static void WINAPI serve(DWORD count, wchar_t **words) {
  (void)count, (void)words; if (!(handle = RegisterServiceCtrlHandlerExW(NAME, control, NULL))) return;
  report(SERVICE_START_PENDING, 5000); stopping = CreateEventW(NULL, TRUE, FALSE, NULL);
  HANDLE job = CreateJobObjectW(NULL, NULL); JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = { 0 };
  limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE; SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof limits);
  report(SERVICE_RUNNING, 0);
  for (DWORD wait = 1000; WaitForSingleObject(stopping, 0) == WAIT_TIMEOUT;) {
    HANDLE input = NULL; ULONGLONG began = GetTickCount64(); HANDLE agent = start(job, &input);
    if (agent) {
      HANDLE either[2] = { stopping, agent }; DWORD code = 0;
      BOOL asked = WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0; CloseHandle(input);
      if (asked && WaitForSingleObject(agent, GRACE_MS) != WAIT_OBJECT_0) { event(EVENTLOG_WARNING_TYPE, 5, L"the agent did not stop in time and was ended"); TerminateJobObject(job, 1); }
      GetExitCodeProcess(agent, &code); CloseHandle(agent); if (asked) break;
      event(code == 2 ? EVENTLOG_ERROR_TYPE : EVENTLOG_WARNING_TYPE, 4, L"the agent ended with code %lu%ls and is started again", code, code == 2 ? L" (cannot run, perhaps not enrolled: see logs\\agent.log)" : L"");
    }
    if (GetTickCount64() - began > PATIENCE_MS) wait = 1000;
    WaitForSingleObject(stopping, wait); wait = wait * 2 > PATIENCE_MS ? PATIENCE_MS : wait * 2;
  } report(SERVICE_STOPPED, 0);
}
int wmain(void) { SERVICE_TABLE_ENTRYW table[] = { { NAME, serve }, { NULL, NULL } };
  GetModuleFileNameW(NULL, module, MAX_PATH); wcscpy(folder, module); *wcsrchr(folder, L'\\') = 0;
  if (!ExpandEnvironmentStringsW(L"%ProgramData%\\mailpath-agent", logs, MAX_PATH - 16)) return 1;
  /* libuv reads this once, before JavaScript could set it: look-ups then do not queue behind four threads. */
  if (!GetEnvironmentVariableW(L"UV_THREADPOOL_SIZE", NULL, 0)) SetEnvironmentVariableW(L"UV_THREADPOOL_SIZE", L"16");
  CreateDirectoryW(logs, NULL); wcscat(logs, L"\\logs"); CreateDirectoryW(logs, NULL);
  if (StartServiceCtrlDispatcherW(table)) return 0;
  fputs("mailpath-service: started by the service control manager only\n", stderr); return 1;
}
