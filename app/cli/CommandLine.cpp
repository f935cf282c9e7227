// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/CommandLine.h"

#include "cli/CaseCommand.h"
#include "cli/CollectCommand.h"
#include "cli/Console.h"
#include "cli/CountCommand.h"
#include "cli/DetectCommand.h"
#include "cli/ExportCommand.h"
#include "cli/FilterCommand.h"
#include "cli/ImportCommand.h"
#include "cli/RecoverCommand.h"
#include "cli/RulesCommand.h"
#include "cli/SimulateCommand.h"
#include "cli/SqlCommand.h"
#include "cli/StandardOutput.h"
#include "cli/VerifyCommand.h"
#include "cli/Window.h"
#include "store/RecoveryProcess.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QFile>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QObject>
#include <clocale>
#include <csignal>
#include <langinfo.h>
#include <memory>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace octotrail::cli {

namespace {

/// Qt's file names and texts need UTF-8; without this it would say so on standard error, at every start.
void useUtf8()
{
    std::setlocale(LC_CTYPE, "");
    if (std::string_view(nl_langinfo(CODESET)) != "UTF-8") {
        qputenv("LC_ALL", "C.UTF-8");
    }
    // Numbers that other libraries read or write have a point, whatever the user's language.
    std::setlocale(LC_CTYPE, "C.UTF-8");
}

std::vector<std::unique_ptr<Command>> commands()
{
    std::vector<std::unique_ptr<Command>> all;
    all.push_back(std::make_unique<SimulateCommand>());
    all.push_back(std::make_unique<CollectCommand>());
    all.push_back(std::make_unique<ImportCommand>());
    all.push_back(std::make_unique<ExportCommand>());
    all.push_back(std::make_unique<CountCommand>());
    all.push_back(std::make_unique<FilterCommand>());
    all.push_back(std::make_unique<DetectCommand>());
    all.push_back(std::make_unique<RulesCommand>());
    all.push_back(std::make_unique<CaseCommand>());
    all.push_back(std::make_unique<VerifyCommand>());
    all.push_back(std::make_unique<RecoverCommand>());
    all.push_back(std::make_unique<SqlCommand>());
    return all;
}

/// The arguments that were not expected, without their values: one of them could be a token.
QString unexpectedArguments(const CLI::App &parser)
{
    QStringList options;
    qsizetype others = 0;
    for (const std::string &argument : parser.remaining(true)) {
        if (argument.starts_with('-') && argument.size() > 1) {
            options.append(QString::fromStdString(argument.substr(0, argument.find('='))));
        } else {
            ++others;
        }
    }
    if (!options.isEmpty()) {
        return QObject::tr("There is no option %1 here. See --help.").arg(options.join(u' '));
    }
    return QObject::tr("%n argument(s) more than expected. See --help.", nullptr, static_cast<int>(others));
}

ExitCode usage(const CLI::App &parser, const CLI::ParseError &error)
{
    if (dynamic_cast<const CLI::ExtrasError *>(&error)) {
        tell(unexpectedArguments(parser));
    } else {
        tell(QString::fromUtf8(error.what()));
    }
    return ExitCode::Usage;
}

ExitCode print(const std::string &text)
{
    StandardOutput output;
    return output.print(text) || output.isAbandoned() ? ExitCode::Success : ExitCode::Failure;
}

} // namespace

ExitCode exitCodeFor(const event::Error &error)
{
    return error.kind == event::ErrorKind::InvalidInput ? ExitCode::Usage : ExitCode::Failure;
}

int run(int argc, char *argv[])
{
    // A reader that has seen enough (head) ends a write, not the program in the middle of its work.
    std::signal(SIGPIPE, SIG_IGN);
    useUtf8();
    // Whatever it makes, stores, logs and temporary files among it, is for its user alone.
    umask(S_IRWXG | S_IRWXO);
    if (const auto code = store::recoveryChild(argc, argv)) {
        return *code;
    }
    // The same names as the window's: they tell where the store is that everything works on if none is named.
    QCoreApplication::setOrganizationName(QStringLiteral("Octotrail"));
    QCoreApplication::setApplicationName(QStringLiteral("octotrail"));
    QCoreApplication::setApplicationVersion(QStringLiteral(OCTOTRAIL_VERSION));

    CLI::App parser("Octotrail: watch, search and judge an Okta organization's audit trail.", "octotrail");
    parser.set_version_flag("--version", "octotrail " OCTOTRAIL_VERSION);
    parser.require_subcommand(0, 1);
    std::string storeFile;
    parser.add_option("--store", storeFile, "The case: a file with events; the application's own if not told")
        ->type_name("FILE");
    CommonOptions common;
    parser.add_flag("--read-only", common.readOnly, "Change nothing in the case; others may read it at the same time");
    WindowOptions window;
    parser.add_flag("--demo", window.demo, "Show a simulated organization in a throw-away store");
    parser.add_option("--demo-seconds", window.demoSeconds, "How long the demo collects if there is no display")
        ->check(CLI::Range(1, 3600))
        ->type_name("N");
    parser.add_flag("--minimized", window.minimized, "Start in the desktop's tray, or minimized where there is none");
    const auto all = commands();
    for (const auto &command : all) {
        CLI::App *options = parser.add_subcommand(command->name(), command->summary());
        options->fallthrough();
        command->declare(*options);
    }

    try {
        parser.parse(argc, argv);
    } catch (const CLI::CallForHelp &) {
        return static_cast<int>(print(parser.help()));
    } catch (const CLI::CallForVersion &) {
        return static_cast<int>(print(parser.version() + '\n'));
    } catch (const CLI::ParseError &error) {
        return static_cast<int>(usage(parser, error));
    }

    common.storeFile = QFile::decodeName(storeFile.c_str());
    for (const auto &command : all) {
        if (!parser.got_subcommand(command->name())) {
            continue;
        }
        if (window.demo) {
            tell(QObject::tr("--demo opens the application: it goes with no command."));
            return static_cast<int>(ExitCode::Usage);
        }
        if (command->needsFonts()) {
            // Nothing is shown: whatever display there is, or none, is left alone.
            qputenv("QT_QPA_PLATFORM", "offscreen");
            // Nor does anybody need to know what a platform without a screen cannot do.
            QLoggingCategory::setFilterRules(QStringLiteral("default.warning=false\nqt.qpa.*=false"));
            const QGuiApplication application(argc, argv);
            return static_cast<int>(command->run(common));
        }
        const QCoreApplication application(argc, argv);
        return static_cast<int>(command->run(common));
    }
    return static_cast<int>(runWindow(argc, argv, window, common));
}

} // namespace octotrail::cli
