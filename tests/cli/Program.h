// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <memory>

/// The program, run as a user would: a process of its own, with no display.
namespace octotrail::tests {

struct Outcome
{
    int code = -1; ///< -1 if it crashed or did not end
    QByteArray out;
    QByteArray err;

    /// The last line on standard error.
    QByteArray lastMessage() const;
};

/// The path of the program.
QString program();
/// Runs it to its end.
Outcome run(const QStringList &arguments, const QByteArray &input = {}, const QStringList &environment = {});
/// Starts it and lets it run; environment are more variables, NAME=value.
std::unique_ptr<QProcess> start(const QStringList &arguments, const QStringList &environment = {});
/// Waits for the end of what start() gave.
Outcome finish(QProcess &process);
/// Runs a line of bash, with the program as $0.
Outcome shell(const QString &line, const QStringList &arguments = {});

/// A simulated organization in a process of its own.
class SimulateProcess
{
public:
    explicit SimulateProcess(const QStringList &arguments);
    ~SimulateProcess();

    bool isListening() const { return !m_origin.isEmpty(); }
    QString origin() const { return m_origin; }
    QString token() const { return m_token; }
    /// Of its service app, whose private key is told if it was made there.
    QString clientId() const { return m_clientId; }
    QString clientKey() const { return m_clientKey; }
    QProcess &process() { return *m_process; }

private:
    std::unique_ptr<QProcess> m_process;
    QString m_origin;
    QString m_token;
    QString m_clientId;
    QString m_clientKey;
};

} // namespace octotrail::tests
