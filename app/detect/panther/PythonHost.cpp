// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/panther/PythonHost.h"

#include "detect/panther/Confinement.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QObject>
#include <QProcess>
#include <QStandardPaths>
#include <QtEndian>
#include <array>
#include <atomic>
#include <csignal>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

namespace octotrail::detect {

using event::ErrorKind;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype largestAnswer = 64 * 1024 * 1024;
constexpr qsizetype keptOutput = 8 * 1024;
constexpr auto look = 200ms;
/// Given to a rule beyond its limit, in which the process interrupts it by itself.
constexpr auto grace = 3s;

/// Eight bytes that the process writes and we read.
class SharedPlace
{
public:
    SharedPlace()
        : m_file(::memfd_create("octotrail-rules", 0))
    {
        if (m_file >= 0 && ::ftruncate(m_file, size) == 0) {
            void *memory = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, m_file, 0);
            m_numbers = memory == MAP_FAILED ? nullptr : static_cast<const volatile qint32 *>(memory);
        }
    }
    ~SharedPlace()
    {
        if (m_numbers) {
            ::munmap(const_cast<qint32 *>(m_numbers), size);
        }
        if (m_file >= 0) {
            ::close(m_file);
        }
    }
    SharedPlace(const SharedPlace &) = delete;
    SharedPlace &operator=(const SharedPlace &) = delete;

    bool isThere() const { return m_numbers; }
    int file() const { return m_file; }
    PythonHost::Place read() const { return {m_numbers[0], m_numbers[1]}; }

private:
    static constexpr std::size_t size = 8;
    int m_file;
    const volatile qint32 *m_numbers = nullptr;
};

QStringList systemFolders(const QString &python)
{
    QStringList folders{QStringLiteral("/usr"), QStringLiteral("/lib"), QStringLiteral("/lib64"),
        QStringLiteral("/bin"), QStringLiteral("/etc/ld.so.cache"), QStringLiteral("/etc/localtime"),
        QStringLiteral("/dev/urandom")};
    QDir prefix(QFileInfo(QFileInfo(python).canonicalFilePath()).absolutePath());
    if (!prefix.absolutePath().startsWith(QLatin1String("/usr/")) && prefix.cdUp()) {
        folders << prefix.absolutePath();
    }
    return folders;
}

QProcessEnvironment cleanEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/bin:/bin"));
    environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
    environment.insert(QStringLiteral("TZ"), QStringLiteral("UTC"));
    // Rules build texts from sets: the same text each time, or each time another alert.
    environment.insert(QStringLiteral("PYTHONHASHSEED"), QStringLiteral("0"));
    return environment;
}

} // namespace

struct PythonHost::Private
{
    QProcess process;
    SharedPlace place;
    std::unique_ptr<Confinement> confinement;
    std::chrono::milliseconds limit{};
    Confined confined;
    QString version;
    QByteArray output;

    void drainOutput()
    {
        output += process.readAllStandardError();
        if (output.size() > keptOutput) {
            output = output.right(keptOutput);
        }
    }

    void kill()
    {
        if (const qint64 id = process.processId(); id > 0) {
            ::kill(static_cast<pid_t>(-id), SIGKILL); // what it started, too
        }
        process.kill();
        process.waitForFinished(2000);
        drainOutput();
    }

    tl::unexpected<event::Error> ended()
    {
        kill();
        return event::failure(ErrorKind::Protocol, QObject::tr("The process that runs Python rules ended."));
    }

    tl::unexpected<event::Error> garbled()
    {
        kill();
        return event::failure(
            ErrorKind::Protocol, QObject::tr("The process that runs Python rules answered what cannot be read."));
    }

    /// Waits until so many bytes can be read, while some rule or other gets on.
    event::Status await(qsizetype bytes)
    {
        Place seen = place.read();
        QDeadlineTimer patience(limit + grace);
        while (process.bytesAvailable() < bytes) {
            const bool running = process.state() == QProcess::Running;
            const bool more = running && process.waitForReadyRead(static_cast<int>(look.count()));
            drainOutput();
            if (more || process.bytesAvailable() >= bytes) {
                patience.setRemainingTime(limit + grace);
                continue;
            }
            if (process.state() != QProcess::Running) {
                return ended();
            }
            if (const Place now = place.read(); now != seen) {
                seen = now;
                patience.setRemainingTime(limit + grace);
            } else if (patience.hasExpired()) {
                kill();
                return event::failure(ErrorKind::Timeout,
                    QObject::tr("A Python rule neither ended nor could be interrupted, so its process was killed."));
            }
        }
        return {};
    }

    event::Result<QJsonObject> receive()
    {
        if (auto status = await(sizeof(quint32)); !status) {
            return tl::unexpected(status.error());
        }
        const QByteArray head = process.read(sizeof(quint32));
        const auto size = static_cast<qsizetype>(qFromBigEndian<quint32>(head.constData()));
        if (size > largestAnswer) {
            return garbled();
        }
        if (auto status = await(size); !status) {
            return tl::unexpected(status.error());
        }
        const QJsonDocument document = QJsonDocument::fromJson(process.read(size));
        if (!document.isObject()) {
            return garbled();
        }
        return document.object();
    }
};

PythonHost::PythonHost()
    : d(std::make_unique<Private>())
{ }

PythonHost::~PythonHost()
{
    d->kill();
}

event::Result<std::unique_ptr<PythonHost>> PythonHost::start(const Options &options)
{
    const QString python = options.python.isEmpty() ? findPython() : options.python;
    if (python.isEmpty()) {
        return event::failure(ErrorKind::NotFound,
            QObject::tr("Rules in Python need python3, which is not installed. Install the package python3."));
    }
    const QString folder = scriptFolder();
    if (folder.isEmpty()) {
        return event::failure(ErrorKind::NotFound,
            QObject::tr("Octotrail's own part for Python rules is missing: install Octotrail anew."));
    }
    std::unique_ptr<PythonHost> host(new PythonHost);
    Private &d = *host->d;
    if (!d.place.isThere()) {
        return event::failure(ErrorKind::Internal, QObject::tr("There is no memory for running Python rules."));
    }
    d.limit = options.functionLimit;
    d.confinement
        = std::make_unique<Confinement>(systemFolders(python) << folder << options.readable, options.memoryBytes);
    d.process.setChildProcessModifier([confinement = d.confinement.get()] { confinement->apply(); });
    d.process.setProcessEnvironment(cleanEnvironment());
    d.process.setWorkingDirectory(QStringLiteral("/"));
    d.process.start(python,
        {QStringLiteral("-s"), QDir(folder).filePath(QStringLiteral("host.py")), QStringLiteral("--progress"),
            QString::number(d.place.file()), QStringLiteral("--seconds"),
            QString::number(std::chrono::duration<double>(options.functionLimit).count())});
    if (!d.process.waitForStarted()) {
        return event::failure(
            ErrorKind::NotFound, QObject::tr("%1 cannot be started: %2.").arg(python, d.process.errorString()));
    }
    const auto hello = d.receive();
    if (!hello) {
        return event::failure(ErrorKind::Protocol,
            QObject::tr("%1 cannot run Octotrail's part for Python rules: %2").arg(python, host->output().trimmed()));
    }
    const QJsonObject confined = hello->value(QLatin1String("confined")).toObject();
    d.confined = {confined.value(QLatin1String("network")).toBool(), confined.value(QLatin1String("files")).toBool()};
    d.version = hello->value(QLatin1String("python")).toString();
    return host;
}

event::Result<QJsonObject> PythonHost::ask(const QByteArray &request)
{
    std::array<char, sizeof(quint32)> head{};
    qToBigEndian(static_cast<quint32>(request.size()), head.data());
    d->process.write(head.data(), head.size());
    d->process.write(request);
    while (d->process.bytesToWrite() > 0) {
        if (!d->process.waitForBytesWritten(static_cast<int>(d->limit.count()))) {
            return d->ended();
        }
        d->drainOutput();
    }
    return d->receive();
}

PythonHost::Confined PythonHost::confined() const
{
    return d->confined;
}

QString PythonHost::pythonVersion() const
{
    return d->version;
}

PythonHost::Place PythonHost::place() const
{
    return d->place.read();
}

QString PythonHost::output() const
{
    d->drainOutput();
    return QString::fromUtf8(d->output);
}

QString PythonHost::findPython()
{
    const QString python = QStringLiteral("python3");
    const QString systems = QStandardPaths::findExecutable(python, {QStringLiteral("/usr/bin")});
    return systems.isEmpty() ? QStandardPaths::findExecutable(python) : systems;
}

QString PythonHost::scriptFolder()
{
    const QString beside = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("../share/octotrail"));
    for (const QString &resources : {beside, QStringLiteral(OCTOTRAIL_SOURCE_RESOURCES)}) {
        const QString folder = QDir::cleanPath(resources + QStringLiteral("/panther"));
        if (QFileInfo::exists(folder + QStringLiteral("/host.py"))) {
            return folder;
        }
    }
    return {};
}

} // namespace octotrail::detect
