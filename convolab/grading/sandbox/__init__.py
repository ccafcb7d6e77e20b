"""Runs one submission apart from its checks: the theory of operation.

What is trusted: the grader, which is the teacher's process, a process of its pool, or a worker of
a cluster. It has the cases with their expected answers and the right programs; it compares, and
gives points. What is not: whatever a student's process does or sends. Its program may be after
points, the teacher's files, the network or the machine.

What happens, from the launcher to the last check:
1. `launcher` starts the warm process, once, in the sandbox that `bubblewrap` makes: no network,
   no process of the machine; Python, its packages, the course's package and data can be read.
2. `fork_server`, the warm process, imports what lessons use and runs a few typical cells. Then it
   waits for orders.
3. For each submission `launcher` orders a student's process: one end of a socket (the wire), some
   memory that both sides see, and the limits. The warm process forks; in the fork `isolation`
   makes namespaces and a scratch folder of its own, gives up every right, and sets the filter of
   `seccomp` and the kernel's limits. From then on `student_process` answers what it is asked.
4. `split_run` goes through the notebook. A cell of the student's is sent over and run by `shell`.
   At a check cell the ladder of `convolab.check` judges a `remote_answer`: its calls go over the
   wire, comparing does not. A check whose answer is defined further down is judged again at the
   end.
5. `outputs` writes what cells showed, and each check's report, into the notebook. The process is
   killed, and with it all that it started.

Why a fork server: importing all this takes seconds, a fork milliseconds, and every submission
begins in the same clean state. A cell that crashes, hangs or takes too much memory costs that
process only: the next one runs the sound cells above again, without it, and goes on below.

What crosses the wire (`wire`, `channel`): to the student's process the text of cells, names,
arguments, the files handed in with the notebook; back what cells show and what calls give or
raise. It is JSON and the bytes of arrays, nothing that could run; a frame that breaks a rule, or
an answer without its question's nonce, ends the process. Expected answers, hints and points never
cross it.

How limits (`limits`) are kept: the kernel limits each process (address space, processor time,
files, how many processes). `session` looks ten times a second while it waits: too much memory in
all, or a submission over its time, ends the process; a cell or a call over its time is
interrupted first.

Without Linux, `unsandboxed` starts a new Python for each submission: the split alone is left.

Read `limits`, `split_run`, `session`, `student_process`, `remote_answer` in this order, for the
split; then `launcher`, `fork_server`, `isolation`, `bubblewrap`, `seccomp` for the sandbox;
`wire` last. autograde/SECURITY.md lists the promises, each with the tests that watch over it.
"""
