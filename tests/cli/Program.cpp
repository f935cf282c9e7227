// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"

#include <QRegularExpression>

namespace octotrail::tests {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

void prepare(QProcess &process, const QStringList &environment)
{
    auto variables = QProcessEnvironment::systemEnvironment();
    for (const auto &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"QT_QPA_PLATFORM"_s, u"OCTOTRAIL_TOKEN"_s}) {
        variables.remove(name);
    }
    for (const QString &variable : environment) {
        variables.insert(variable.section(u'=', 0, 0), variable.section(u'=', 1));
    }
    process.setProcessEnvironment(variables);
}

} // namespace

QByteArray Outcome::lastMessage() const
{
    return err.trimmed().split('\n').last();
}

QString program()
{
    return QStringLiteral(OCTOTRAIL_PROGRAM);
}

std::unique_ptr<QProcess> start(const QStringList &arguments, const QStringList &environment)
{
    auto process = std::make_unique<QProcess>();
    prepare(*process, environment);
    process->start(program(), arguments);
    process->waitForStarted();
    return process;
}

Outcome finish(QProcess &process)
{
    if (process.state() != QProcess::NotRunning && !process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return {-1, process.readAllStandardOutput(), process.readAllStandardError() + "\ndid not end\n"};
    }
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {ended ? process.exitCode() : -1, process.readAllStandardOutput(), process.readAllStandardError()};
}

Outcome run(const QStringList &arguments, const QByteArray &input, const QStringList &environment)
{
    const auto process = start(arguments, environment);
    process->write(input);
    process->closeWriteChannel();
    return finish(*process);
}

Outcome shell(const QString &line, const QStringList &arguments)
{
    QProcess process;
    prepare(process, {});
    process.start(u"bash"_s, QStringList{u"-c"_s, line, program()} + arguments);
    return finish(process);
}

SimulateProcess::SimulateProcess(const QStringList &arguments)
    : m_process(start(QStringList{u"simulate"_s} + arguments))
{
    while (!m_process->canReadLine() && m_process->waitForReadyRead(patience)) { }
    static const QRegularExpression form(u"^listening (http://127\\.0\\.0\\.1:[0-9]+) token (\\S+)\n$"_s);
    const auto match = form.match(QString::fromUtf8(m_process->readLine()));
    m_origin = match.captured(1);
    m_token = match.captured(2);
    if (!isListening()) {
        return;
    }
    while (!m_process->canReadLine() && m_process->waitForReadyRead(patience)) { }
    static const QRegularExpression clientForm(u"^client (\\S+)(?: key (\\{.*\\}))?\n$"_s);
    const auto client = clientForm.match(QString::fromUtf8(m_process->readLine()));
    m_clientId = client.captured(1);
    m_clientKey = client.captured(2);
}

SimulateProcess::~SimulateProcess()
{
    m_process->kill();
    m_process->waitForFinished();
}

} // namespace octotrail::tests
