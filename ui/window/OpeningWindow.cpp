// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/OpeningWindow.h"

#include "ui/style/Icons.h"
#include "ui/transfer/TransferJob.h"
#include "ui/widgets/StatePage.h"
#include "ui/window/FirstPlace.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

OpeningWindow::OpeningWindow(const QString &file)
    : m_page(new StatePage(this))
    , m_recover(new QAction(icon(u"archive"), tr("Save what can be read\u2026"), this))
    , m_openRecovered(new QAction(icon(u"archive"), tr("Open what was saved"), this))
    , m_cancel(new QAction(tr("Cancel"), this))
    , m_tryAgain(new QAction(icon(u"refresh"), tr("Try again"), this))
    , m_openAnother(new QAction(icon(u"archive"), tr("Open another file\u2026"), this))
{
    setObjectName(u"openingWindow"_s);
    setWindowTitle(u"Octotrail"_s);
    FirstPlace::give(*this);
    m_page->setIcon(u"archive");
    m_page->setTitle(tr("Opening %1\u2026").arg(QFileInfo(file).fileName()));
    m_page->setSentence({});
    m_page->setBusy(true);
    showOnly({});
    for (QAction *action : {m_openRecovered, m_tryAgain, m_recover, m_openAnother, m_cancel}) {
        m_page->addAction(action);
    }
    setCentralWidget(m_page);
    connect(m_tryAgain, &QAction::triggered, this, &OpeningWindow::tryAgainRequested);
    connect(m_openAnother, &QAction::triggered, this, &OpeningWindow::openAnotherRequested);
    connect(m_recover, &QAction::triggered, this, &OpeningWindow::askForTarget);
    connect(m_openRecovered, &QAction::triggered, this, [this] { Q_EMIT openRequested(m_target); });
    connect(m_cancel, &QAction::triggered, this, [this] { m_job->cancel(); });
}

void OpeningWindow::offerReturn(const QString &name)
{
    m_return = new QAction(icon(u"arrow-left"), tr("Back to %1").arg(name.left(60).replace(u'&', u"&&"_s)), this);
    m_return->setVisible(false);
    m_page->addAction(m_return);
    connect(m_return, &QAction::triggered, this, &OpeningWindow::returnRequested);
}

void OpeningWindow::showError(const QString &file, const event::Error &error)
{
    m_page->setBusy(false);
    m_page->setIcon(u"error", Tone::Bad);
    m_page->setTitle(tr("%1 could not be opened").arg(QFileInfo(file).fileName()));
    m_page->setSentence(error.sentence);
    m_file = file;
    QList<QAction *> actions{m_tryAgain, m_openAnother};
    if (error.kind == event::ErrorKind::Corrupt) {
        actions.append(m_recover);
    }
    showOnly(actions);
}

void OpeningWindow::showOnly(const QList<QAction *> &actions)
{
    for (QAction *action : {m_openRecovered, m_tryAgain, m_recover, m_openAnother, m_cancel}) {
        action->setVisible(actions.contains(action));
    }
    if (m_return) {
        m_return->setVisible(actions.contains(m_openAnother));
    }
}

void OpeningWindow::askForTarget()
{
    const QFileInfo info(m_file);
    auto *dialog = new QFileDialog(this, tr("Save what can be read in a new store"),
        info.dir().filePath(info.completeBaseName() + u"-recovered.duckdb"_s), tr("Octotrail stores (*.duckdb)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // what is there already is refused
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &target) { recover(m_file, target); });
    dialog->open();
}

void OpeningWindow::recover(const QString &file, const QString &target)
{
    m_file = file;
    m_page->setBusy(true);
    m_page->setIcon(u"archive");
    m_page->setTitle(tr("Saving what can be read of %1").arg(QFileInfo(file).fileName()));
    m_page->setSentence({});
    showOnly({m_cancel});
    m_job = TransferJob::recover(file, target, this);
    connect(m_job, &TransferJob::progressed, this, [this](const TransferJob::Progress &progress) {
        m_page->setSentence(tr("%1: %2 %").arg(progress.sentence).arg(static_cast<int>(progress.fraction * 100)));
    });
    connect(m_job, &TransferJob::finished, this, [this, target](const TransferJob::Outcome &outcome) {
        m_job->deleteLater();
        m_page->setBusy(false);
        constexpr qsizetype most = 12;
        QStringList sentences{outcome.sentence};
        for (qsizetype i = 0; i < std::min(most, outcome.problems.size()); ++i) {
            sentences.append(outcome.problems[i].sentence);
        }
        if (outcome.problems.size() > most) {
            sentences.append(tr("\u2026 and %n more.", nullptr, static_cast<int>(outcome.problems.size() - most)));
        }
        m_page->setSentence(sentences.join(u'\n'));
        using Kind = TransferJob::Outcome::Kind;
        if (outcome.kind == Kind::Done || outcome.kind == Kind::DoneWithProblems) {
            m_target = target;
            m_page->setTitle(tr("What can be read is in %1").arg(QFileInfo(target).fileName()));
            m_page->setIcon(u"archive", outcome.kind == Kind::Done ? Tone::Good : Tone::Warning);
            showOnly({m_openRecovered, m_openAnother});
        } else {
            m_page->setTitle(tr("%1 could not be recovered").arg(QFileInfo(m_file).fileName()));
            m_page->setIcon(u"error", Tone::Bad);
            showOnly({m_tryAgain, m_recover, m_openAnother});
        }
    });
    m_job->start();
}

} // namespace octotrail::ui
