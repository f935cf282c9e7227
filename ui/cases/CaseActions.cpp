// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/cases/CaseActions.h"

#include "store/Cases.h"
#include "ui/cases/RecentCases.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/TransferArea.h"

#include <QAction>
#include <QActionGroup>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

const QString suffix = u"duckdb"_s;

QString filters()
{
    return CaseActions::tr("Octotrail cases (*.duckdb);;All files (*)");
}

QFileDialog *chooser(QWidget *window, const QString &title, const QString &folder, QFileDialog::AcceptMode mode)
{
    auto *dialog = new QFileDialog(window, title, folder, filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    if (mode == QFileDialog::AcceptOpen) {
        dialog->setFileMode(QFileDialog::ExistingFile);
    } else {
        dialog->setDefaultSuffix(suffix);
    }
    return dialog;
}

} // namespace

CaseActions::CaseActions(std::shared_ptr<store::Store> store, TransferArea &transfers, QWidget *window)
    : QObject(window)
    , m_store(std::move(store))
    , m_transfers(transfers)
    , m_window(window)
    , m_isReadOnly(store::isReadOnly(*m_store))
    , m_changing(new QActionGroup(this))
    , m_new(new QAction(icon(u"plus"), tr("&New case\u2026"), this))
    , m_open(new QAction(icon(u"archive"), tr("&Open case\u2026"), this))
    , m_openReadOnly(new QAction(icon(u"eye"), tr("Open rea&d-only\u2026"), this))
    , m_copy(new QAction(icon(u"copy"), tr("Save a cop&y\u2026"), this))
    , m_merge(new QAction(tr("&Merge another case\u2026"), this))
    , m_recent(new QMenu(tr("Open &recent"), window))
{
    m_new->setObjectName(u"newCase"_s);
    m_open->setObjectName(u"openCase"_s);
    m_openReadOnly->setObjectName(u"openReadOnly"_s);
    m_copy->setObjectName(u"saveCopy"_s);
    m_merge->setObjectName(u"mergeCase"_s);
    m_recent->setObjectName(u"recentCases"_s);
    m_recent->setToolTipsVisible(true);
    m_changing->setExclusionPolicy(QActionGroup::ExclusionPolicy::None);
    m_new->setShortcut(QKeySequence(u"Ctrl+Shift+Alt+N"_s));
    m_open->setShortcut(QKeySequence::Open);
    m_copy->setShortcut(QKeySequence(u"Ctrl+Alt+S"_s));
    connect(m_new, &QAction::triggered, this, &CaseActions::askForNew);
    connect(m_open, &QAction::triggered, this, [this] { askForOther(false); });
    connect(m_openReadOnly, &QAction::triggered, this, [this] { askForOther(true); });
    connect(m_copy, &QAction::triggered, this, &CaseActions::askForCopy);
    connect(m_merge, &QAction::triggered, this, &CaseActions::askForMerge);
    connect(m_recent, &QMenu::aboutToShow, this, &CaseActions::fillRecent);
    disableIfReadOnly({m_merge});
    fillRecent();
}

void CaseActions::addTo(QMenu *menu)
{
    menu->setToolTipsVisible(m_isReadOnly);
    menu->addActions({m_new, m_open});
    menu->addMenu(m_recent);
    menu->addAction(m_openReadOnly);
    menu->addSeparator();
    menu->addActions({m_copy, m_merge});
}

void CaseActions::disableIfReadOnly(const QList<QAction *> &actions)
{
    if (!m_isReadOnly) {
        return;
    }
    for (QAction *action : actions) {
        m_changing->addAction(action);
        action->setToolTip(tr("The case is open for reading only."));
        action->setStatusTip(action->toolTip());
    }
    m_changing->setEnabled(false);
}

void CaseActions::leave(const std::function<void()> &then)
{
    if (!m_transfers.isBusy()) {
        then();
        return;
    }
    auto *box = new QMessageBox(QMessageBox::Question, tr("Something is under way"),
        tr("An import, export or copy is under way, and would be cancelled."), QMessageBox::NoButton, m_window);
    box->setObjectName(u"leaveCase"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("What was imported by then stays; of an export nothing is left."));
    QPushButton *go = box->addButton(tr("Cancel it and go on"), QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(tr("Stay here"), QMessageBox::RejectRole));
    connect(go, &QPushButton::clicked, this, then);
    box->open();
}

void CaseActions::open(const QString &file, bool readOnly)
{
    if (store::isSameFile(m_store->file(), file) && readOnly == m_isReadOnly) {
        Q_EMIT problemOccurred(tr("%1 is the case that is open.").arg(singleLine(QFileInfo(file).fileName(), 100)));
        return;
    }
    Q_EMIT openRequested(file, readOnly);
}

void CaseActions::askForNew()
{
    QFileDialog *dialog
        = chooser(m_window, tr("New case"), QFileInfo(m_store->file()).absolutePath(), QFileDialog::AcceptSave);
    // There is no replacing of a case by an empty one.
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setLabelText(QFileDialog::Accept, tr("Make"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        if (QFileInfo::exists(file)) {
            Q_EMIT problemOccurred(tr("%1 is there already. Choose another name for the new case, or open it.")
                                       .arg(QDir::toNativeSeparators(singleLine(file, 300))));
            return;
        }
        Q_EMIT openRequested(file, false);
    });
    dialog->open();
}

void CaseActions::askForOther(bool readOnly)
{
    QFileDialog *dialog = chooser(m_window, readOnly ? tr("Open a case for reading only") : tr("Open a case"),
        QFileInfo(m_store->file()).absolutePath(), QFileDialog::AcceptOpen);
    connect(dialog, &QFileDialog::fileSelected, this, [this, readOnly](const QString &file) { open(file, readOnly); });
    dialog->open();
}

void CaseActions::askForCopy()
{
    const QFileInfo info(m_store->file());
    QFileDialog *dialog
        = chooser(m_window, tr("Save a copy of the case"), info.absolutePath(), QFileDialog::AcceptSave);
    dialog->selectFile(tr("%1 copy").arg(info.completeBaseName()) + u'.' + suffix);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString &file) { m_transfers.start(TransferJob::saveCopy(m_store, file, &m_transfers)); });
    dialog->open();
}

void CaseActions::askForMerge()
{
    QFileDialog *dialog = chooser(m_window, tr("Merge another case into this one"),
        QFileInfo(m_store->file()).absolutePath(), QFileDialog::AcceptOpen);
    dialog->setLabelText(QFileDialog::Accept, tr("Merge"));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString &file) { m_transfers.start(TransferJob::mergeCase(m_store, file, &m_transfers)); });
    dialog->open();
}

void CaseActions::fillRecent()
{
    m_recent->clear();
    const QList<RecentCase> cases = recentCases();
    int number = 0;
    for (const auto &[file, readOnly] : cases) {
        const QFileInfo info(file);
        const bool isOpen = store::isSameFile(m_store->file(), file);
        QString text = singleLine(info.fileName(), 60).replace(u'&', u"&&"_s);
        if (isOpen) {
            text = tr("%1 (open)").arg(text);
        } else if (!info.exists()) {
            text = tr("%1 (not found)").arg(text);
        } else if (readOnly) {
            text = tr("%1 (read-only)").arg(text);
        }
        QAction *action = m_recent->addAction(u"&%1  %2"_s.arg(number + 1).arg(text));
        action->setToolTip(QDir::toNativeSeparators(file).toHtmlEscaped());
        action->setData(file);
        action->setEnabled(info.exists() && !isOpen);
        connect(action, &QAction::triggered, this, [this, file = file, readOnly = readOnly] { open(file, readOnly); });
        ++number;
    }
    m_recent->setEnabled(!cases.isEmpty());
    if (!cases.isEmpty()) {
        m_recent->addSeparator();
        connect(m_recent->addAction(tr("&Clear the list")), &QAction::triggered, this, [this] {
            clearRecentCases();
            fillRecent();
        });
    }
}

} // namespace octotrail::ui
