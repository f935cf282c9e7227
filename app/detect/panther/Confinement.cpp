// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/Confinement.h"

#include <QFile>
#include <array>
#include <csignal>
#include <cstddef>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef Q_OS_LINUX
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

namespace octotrail::detect {

#ifdef Q_OS_LINUX

namespace {

constexpr __u64 reading = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
/// What the first version of Landlock can forbid; later versions only add.
constexpr __u64 everything = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;

void allow(int ruleset, const QString &path, __u64 access)
{
    const int place = ::open(QFile::encodeName(path).constData(), O_PATH | O_CLOEXEC);
    if (place < 0) {
        return;
    }
    landlock_path_beneath_attr rule{};
    rule.allowed_access = access;
    rule.parent_fd = place;
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
        // A file, for which there is no right to list it.
        rule.allowed_access = access & ~LANDLOCK_ACCESS_FS_READ_DIR;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    }
    ::close(place);
}

int makeRuleset(const QStringList &readable)
{
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = everything;
    const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (ruleset < 0) {
        return -1;
    }
    ::fcntl(ruleset, F_SETFD, FD_CLOEXEC);
    for (const QString &path : readable) {
        allow(ruleset, path, reading);
    }
    allow(ruleset, QStringLiteral("/dev/null"), LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE);
    return ruleset;
}

#if defined(__x86_64__)
constexpr __u32 architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr __u32 architecture = AUDIT_ARCH_AARCH64;
#endif

#if defined(__x86_64__) || defined(__aarch64__)
/// Calls that reach other processes, the network, or the kernel's inside. They fail with EPERM.
constexpr std::array forbidden{SYS_socket, SYS_ptrace, SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd,
    SYS_pidfd_send_signal, SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo,
    SYS_io_uring_setup, SYS_bpf, SYS_perf_event_open, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_mount,
    SYS_userfaultfd};
static_assert(forbidden.size() < 200); // jumps are a byte

std::vector<sock_filter> forbiddingProgram()
{
    constexpr auto count = forbidden.size();
    std::vector<sock_filter> program;
    const auto add = [&](const sock_filter &step) { program.push_back(step); };
    add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)));
    add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0));
    add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS));
    add(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)));
    // The numbers of x32, another way to the same calls.
    add(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, static_cast<__u8>(count + 1), 0));
    for (std::size_t i = 0; i < count; ++i) {
        add(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<__u32>(forbidden[i]), static_cast<__u8>(count - i), 0));
    }
    add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    add(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    return program;
}
#else
std::vector<sock_filter> forbiddingProgram()
{
    return {};
}
#endif

} // namespace

#endif

Confinement::Confinement(const QStringList &readable, qint64 memoryBytes)
    : m_memoryBytes(memoryBytes)
{
#ifdef Q_OS_LINUX
    m_ruleset = makeRuleset(readable);
    m_calls = forbiddingProgram();
#else
    Q_UNUSED(readable)
#endif
}

Confinement::~Confinement()
{
    if (m_ruleset >= 0) {
        ::close(m_ruleset);
    }
}

namespace {

/// Without what the address sanitizer would lay beside it on the small stack.
template <class Resource>
[[gnu::no_sanitize_address]] void limit(Resource resource, rlim_t most)
{
    const rlimit limits{most, most};
    ::setrlimit(resource, &limits);
}

} // namespace

[[gnu::no_sanitize_address]] void Confinement::apply() const
{
    ::setsid(); // so that it can be killed with all that it started
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, 256);
#ifdef Q_OS_LINUX
    // The system's calls themselves: a sanitizer's in their place take several kilobytes of stack.
    syscall(SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNET); // where users may
    syscall(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (m_ruleset >= 0) {
        syscall(SYS_landlock_restrict_self, m_ruleset, 0);
    }
    if (!m_calls.empty()) {
        const sock_fprog filter{static_cast<unsigned short>(m_calls.size()), const_cast<sock_filter *>(m_calls.data())};
        syscall(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0);
    }
#endif
    // At the very end: until it is another program, this process has the memory of the one that it was forked from,
    // which is mostly more than that, so that not even its stack could grow any more.
    limit(RLIMIT_AS, static_cast<rlim_t>(m_memoryBytes));
}

} // namespace octotrail::detect
