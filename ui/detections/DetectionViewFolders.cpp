// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// DetectionView's folders of rules: adding and removing them.
#include "ui/detections/DetectionModel.h"
#include "ui/detections/DetectionView.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QTreeView>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

const QString folderKey = u"folder"_s;

/// What is in a folder that may be added.
struct Contents
{
    int sigma = 0;
    int python = 0;
    int problems = 0;
};

Contents contentsOf(const QString &folder)
{
    Contents contents;
    for (const detect::Pack &pack : detect::packsIn(folder)) {
        contents.problems += static_cast<int>(pack.set.problems.size());
        for (const detect::RulePtr &rule : pack.set.rules) {
            ++(rule->python() ? contents.python : contents.sigma);
        }
    }
    return contents;
}

} // namespace

void DetectionView::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Add a folder of rules"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &DetectionView::addRuleFolder);
    dialog->open();
}

void DetectionView::addRuleFolder(const QString &folder)
{
    const QString clean = QDir(folder).absolutePath();
    if (m_engine->choices().folders().contains(clean)) {
        m_banners->show(folderKey, Tone::Warning,
            tr("The folder %1 is here already. It is read again whenever its files change.")
                .arg(QDir::toNativeSeparators(clean)));
        return;
    }
    m_banners->show(folderKey, Tone::Muted, tr("Reading the rules in %1…").arg(QDir::toNativeSeparators(clean)));
    whenFinished(QtConcurrent::run(&contentsOf, clean), this, [this, clean](const Contents &contents) {
        const QString shown = QDir::toNativeSeparators(clean);
        auto *add = new QAction(tr("Add the folder"), this);
        connect(add, &QAction::triggered, this, [this, clean] { keepFolder(clean); });
        if (contents.python > 0) {
            m_banners->show(folderKey, Tone::Warning,
                tr("%1: rules in Python: %2, in Sigma: %3. Rules in Python are programs, and adding the folder "
                   "runs them on this computer: in a process of their own, which gets no token, and where this system "
                   "can do it neither the network nor your files. Add it only if you trust who wrote them.")
                    .arg(shown)
                    .arg(contents.python)
                    .arg(contents.sigma),
                {add});
        } else if (contents.sigma == 0) {
            m_banners->show(folderKey, Tone::Warning,
                contents.problems > 0
                    ? tr("%1 has no rule that can be used, and %2 files with errors.").arg(shown).arg(contents.problems)
                    : tr("%1 has no rules for Okta's log.").arg(shown),
                {add});
        } else {
            delete add;
            keepFolder(clean);
            QString text = contents.sigma == 1
                ? tr("Added %1: 1 rule, which is read again whenever its file changes.").arg(shown)
                : tr("Added %1: %2 rules, which are read again whenever their files change.")
                      .arg(shown)
                      .arg(contents.sigma);
            if (contents.problems > 0) {
                text += u' ' + tr("Errors: %1, which the list tells below them.").arg(contents.problems);
            }
            m_banners->show(folderKey, contents.problems > 0 ? Tone::Warning : Tone::Good, text);
        }
    });
}

void DetectionView::keepFolder(const QString &folder)
{
    m_banners->remove(folderKey);
    detect::RuleChoices choices = m_engine->choices();
    QStringList folders = choices.folders();
    if (!folders.contains(folder)) {
        m_wantedFolder = folder;
        choices.setFolders(folders << folder);
        m_engine->setChoices(choices);
    }
}

/// Shows where the rules of a folder that was added stand: that is below all others.
void DetectionView::showFolder()
{
    for (int row = 0; !m_wantedFolder.isEmpty() && row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        const QString &folder = m_model->packAt(index)->folder;
        if (folder == m_wantedFolder || folder.startsWith(m_wantedFolder + u'/')) {
            m_wantedFolder.clear();
            m_tree->expand(index);
            m_tree->setCurrentIndex(index);
            m_tree->scrollTo(index, QAbstractItemView::PositionAtTop);
        }
    }
}

void DetectionView::removeFolder()
{
    const detect::Pack *pack = m_model->packAt(m_tree->currentIndex());
    if (!pack || pack->isBundled || pack->folder.isEmpty()) {
        return;
    }
    detect::RuleChoices choices = m_engine->choices();
    const QStringList before = choices.folders();
    QStringList folders = before;
    folders.removeIf(
        [&](const QString &folder) { return pack->folder == folder || pack->folder.startsWith(folder + u'/'); });
    const QString shown = QDir::toNativeSeparators(pack->folder);
    choices.setFolders(folders);
    m_engine->setChoices(choices);
    auto *undo = new QAction(tr("Undo"), this);
    connect(undo, &QAction::triggered, this, [this, before] {
        m_banners->remove(folderKey);
        detect::RuleChoices back = m_engine->choices();
        back.setFolders(before);
        m_engine->setChoices(back);
    });
    m_banners->show(
        folderKey, Tone::Good, tr("The folder %1 is left alone from now on. Its files stay.").arg(shown), {undo});
}

} // namespace octotrail::ui
