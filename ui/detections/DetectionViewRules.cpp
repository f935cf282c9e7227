// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// DetectionView's actions on rules: new ones, changing, deleting, importing and exporting them.
#include "detect/OwnRules.h"
#include "detect/RuleStart.h"
#include "ui/detections/DetectionModel.h"
#include "ui/detections/DetectionView.h"
#include "ui/editor/EventRuleDialog.h"
#include "ui/editor/NewRuleDialog.h"
#include "ui/editor/RuleEditor.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QStackedWidget>
#include <QTreeView>
#include <QtConcurrentRun>
#include <map>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

const QString messageKey = u"rules"_s;

/// What an import is to keep.
struct Import
{
    std::vector<store::Document> documents;
    QStringList failures;
    QStringList doubles; ///< rules that a pack has, too
    int replaced = 0;
};

/// What has rules already, by their ids: the documents of the case's own, and the titles of other packs.
struct KnownRules
{
    std::map<QString, QString> documents, packs;
};

Import readImport(const QStringList &files, KnownRules known)
{
    Import import;
    for (const QString &file : files) {
        const auto draft = detect::readDraft(file);
        if (!draft) {
            import.failures << draft.error().sentence;
            continue;
        }
        store::Document document;
        document.kind = detect::ownRuleKind();
        document.id = store::Documents::makeId();
        const auto rules = detect::ownPack({{document.id, *draft}}).set.rules;
        for (const detect::RulePtr &rule : rules) {
            if (const auto found = known.documents.find(rule->id); found != known.documents.end()) {
                document.id = found->second;
                ++import.replaced;
                break;
            }
        }
        for (const detect::RulePtr &rule : rules) {
            known.documents.emplace(rule->id, document.id);
            if (const auto pack = known.packs.find(rule->id); pack != known.packs.end()) {
                import.doubles << QObject::tr("%1 (%2)").arg(rule->title.left(100), pack->second);
            }
        }
        std::erase_if(import.documents, [&](const store::Document &one) { return one.id == document.id; });
        document.name = draft->title().isEmpty() ? QFileInfo(file).completeBaseName() : draft->title();
        document.body = draft->toBytes();
        import.documents.push_back(std::move(document));
    }
    return import;
}

} // namespace

void DetectionView::makeActions()
{
    const auto make = [this](QStringView look, const QString &text, const QString &tip, const QKeySequence &key = {}) {
        auto *action = new QAction(icon(look), text, this);
        action->setToolTip(tip);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        return action;
    };
    m_actions.newRule = make(u"plus", tr("&New rule…"), tr("Begins a rule of your own (Ctrl+Alt+N)"));
    m_actions.newRule->setShortcutContext(Qt::WindowShortcut);
    m_actions.newRule->setShortcut(QKeySequence(u"Ctrl+Alt+N"_s));
    m_actions.edit = make(u"edit", tr("&Edit"), tr("Opens the rule in the editor (F2)"), QKeySequence(Qt::Key_F2));
    m_actions.copy = make(u"copy", tr("&Copy to change"), tr("Makes a rule of your own of this one (Ctrl+Shift+D)"),
        QKeySequence(u"Ctrl+Shift+D"_s));
    m_actions.remove = make(
        u"trash", tr("&Delete rule"), tr("Deletes this rule of your own (Del)"), QKeySequence(QKeySequence::Delete));
    m_actions.importRules = make(u"import", tr("&Import rules…"), tr("Reads rules from files into the case"));
    m_actions.exportRules = make(u"export", tr("E&xport rules…"), tr("Writes the rule, or all of the pack, to files"));
    m_actions.addFolder = make(u"archive", tr("&Add a folder…"), tr("Adds a folder with Sigma or Panther rules"));
    m_actions.removeFolder = make(u"cross", tr("Re&move this folder"), tr("Leaves the folder and its rules alone"));
    m_actions.reload = make(u"refresh", tr("&Read the rules again"), tr("Reads the folders of rules again"));
    m_actions.showAlerts = make(u"alerts", tr("Show its &alerts"),
        tr("Shows the alerts that the rule raised (Ctrl+Shift+J)"), QKeySequence(u"Ctrl+Shift+J"_s));
    m_tree->addActions({m_actions.edit, m_actions.copy, m_actions.remove, m_actions.exportRules, m_actions.showAlerts});
    addAction(m_actions.newRule);
    connect(m_actions.newRule, &QAction::triggered, this, &DetectionView::askForNewRule);
    connect(m_actions.edit, &QAction::triggered, this, [this] { editCurrent(false); });
    connect(m_actions.copy, &QAction::triggered, this, [this] { editCurrent(true); });
    connect(m_actions.remove, &QAction::triggered, this, &DetectionView::removeCurrent);
    connect(m_actions.showAlerts, &QAction::triggered, this, [this] {
        if (const detect::RulePtr rule = m_model->ruleAt(m_tree->currentIndex())) {
            Q_EMIT alertsRequested(rule->title);
        }
    });
    connect(m_actions.importRules, &QAction::triggered, this, &DetectionView::askForImport);
    connect(m_actions.exportRules, &QAction::triggered, this, &DetectionView::exportCurrent);
    connect(m_actions.addFolder, &QAction::triggered, this, &DetectionView::askForFolder);
    connect(m_actions.removeFolder, &QAction::triggered, this, &DetectionView::removeFolder);
}

void DetectionView::updateActions()
{
    const detect::Pack *pack = m_model->packAt(m_tree->currentIndex());
    const detect::RulePtr rule = m_model->ruleAt(m_tree->currentIndex());
    const QString file = currentFile();
    const bool isOwn = detect::ownDocument(file).has_value();
    m_actions.edit->setEnabled(!file.isEmpty() && !pack->isBundled);
    m_actions.copy->setEnabled(rule != nullptr);
    m_actions.showAlerts->setEnabled(rule != nullptr);
    m_actions.remove->setEnabled(isOwn);
    m_actions.exportRules->setEnabled(rule || (pack && pack->id == detect::ownPackId()));
    m_actions.removeFolder->setEnabled(pack && !pack->isBundled && pack->id != detect::ownPackId());
}

void DetectionView::tell(bool isGood, const QString &text, const QList<QAction *> &actions)
{
    m_banners->show(messageKey, isGood ? Tone::Good : Tone::Warning, text, actions);
}

bool DetectionView::isEditing() const
{
    return m_pages->currentWidget() == m_editor;
}

void DetectionView::setTimeDisplay(const TimeDisplay &time)
{
    m_editor->setTimeDisplay(time);
}

bool DetectionView::showFirst(const std::function<bool(const QModelIndex &)> &isWanted)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex pack = m_model->index(row, 0);
        for (int inner = 0; inner < m_model->rowCount(pack); ++inner) {
            const QModelIndex index = m_model->index(inner, 0, pack);
            if (isWanted(index)) {
                m_tree->expand(pack);
                m_tree->setCurrentIndex(index);
                m_tree->scrollTo(index);
                return true;
            }
        }
    }
    return false;
}

bool DetectionView::showRule(const QString &id)
{
    return showFirst([&](const QModelIndex &index) {
        const detect::RulePtr rule = m_model->ruleAt(index);
        return rule && rule->id == id;
    });
}

void DetectionView::openRule(const QString &id)
{
    const auto open = [this, id] {
        m_pages->setCurrentIndex(0);
        if (!showRule(id)) {
            m_search->clear(); // it may hide it
            if (!showRule(id)) {
                tell(false,
                    tr("There is no rule %1 here any more, or it is none that can be chosen.").arg(id.left(100)));
                return;
            }
        }
        m_tree->setFocus(Qt::OtherFocusReason);
    };
    if (isEditing()) {
        m_editor->leave(open);
    } else {
        open();
    }
}

bool DetectionView::showFile(const QString &file)
{
    return showFirst([&](const QModelIndex &index) { return fileOf(index) == file; });
}

/// Where the rule comes from, whether it can be used or not; empty for a pack.
QString DetectionView::fileOf(const QModelIndex &index) const
{
    const detect::RulePtr rule = m_model->ruleAt(index);
    const DetectionModel::Broken *broken = m_model->brokenAt(index);
    return rule ? rule->file : broken ? broken->file : QString();
}

QString DetectionView::currentFile() const
{
    return fileOf(m_tree->currentIndex());
}

void DetectionView::askForNewRule()
{
    auto *dialog = new NewRuleDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(
        dialog, &NewRuleDialog::chosen, this, [this](const detect::RuleDraft &draft) { openEditor(draft, {}, false); });
    dialog->open();
}

void DetectionView::openEditor(const detect::RuleDraft &draft, const RuleOrigin &origin, bool isWorthKeeping)
{
    const auto open = [this, draft, origin, isWorthKeeping] {
        m_editor->edit(draft, origin, isWorthKeeping);
        m_pages->setCurrentWidget(m_editor);
        m_editor->setFocus(Qt::OtherFocusReason);
    };
    if (isEditing()) {
        m_editor->leave(open);
    } else {
        open();
    }
}

void DetectionView::newRuleFromFilter(const QString &filter)
{
    const auto draft = detect::draftFromFilter(filter);
    if (draft) {
        Q_EMIT editorRequested();
        openEditor(*draft, {}, true);
    } else {
        Q_EMIT problemOccurred(tr("This filter cannot become a rule. %1").arg(draft.error().sentence));
    }
}

void DetectionView::newRuleFromEvent(const event::LogEvent &event)
{
    auto *dialog = new EventRuleDialog(event, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &EventRuleDialog::chosen, this, [this](const detect::RuleDraft &draft) {
        Q_EMIT editorRequested();
        openEditor(draft, {}, true);
    });
    dialog->open();
}

void DetectionView::editCurrent(bool asCopy)
{
    const QString file = currentFile();
    const detect::Pack *pack = m_model->packAt(m_tree->currentIndex());
    if (file.isEmpty() || !pack) {
        return;
    }
    asCopy = asCopy || pack->isBundled;
    const auto open = [this, asCopy](const event::Result<detect::RuleDraft> &draft, const RuleOrigin &origin) {
        if (!draft) {
            tell(false, draft.error().sentence);
        } else if (asCopy) {
            openEditor(draft->copy(), {}, true);
        } else {
            openEditor(*draft, origin, false);
        }
    };
    if (const auto document = detect::ownDocument(file)) {
        whenFinished(m_documents.list(detect::ownRuleKind()), this,
            [open, id = *document](const event::Result<std::vector<store::Document>> &documents) {
                event::Result<detect::RuleDraft> draft
                    = event::failure(event::ErrorKind::NotFound, tr("The rule is no longer in the case."));
                if (!documents) {
                    draft = tl::unexpected(documents.error());
                }
                for (const store::Document &one : documents.value_or(std::vector<store::Document>())) {
                    if (one.id == id) {
                        draft = detect::RuleDraft::fromBytes(one.body);
                    }
                }
                open(draft, {RuleOrigin::Kind::Case, id});
            });
        return;
    }
    const auto read = [file] { return detect::readDraft(file); };
    whenFinished(QtConcurrent::run(read), this, [open, file](const event::Result<detect::RuleDraft> &draft) {
        open(draft, {RuleOrigin::Kind::File, file});
    });
}

void DetectionView::removeCurrent()
{
    const detect::RulePtr rule = m_model->ruleAt(m_tree->currentIndex());
    const DetectionModel::Broken *broken = m_model->brokenAt(m_tree->currentIndex());
    const auto id = detect::ownDocument(currentFile());
    if (!id) {
        return;
    }
    const QString name = rule ? rule->title : broken ? broken->title : QString();
    whenFinished(m_documents.list(detect::ownRuleKind()), this,
        [this, id = *id, title = singleLine(name, 100), ruleId = rule ? rule->id : QString()](
            const event::Result<std::vector<store::Document>> &documents) {
            store::Document kept;
            if (!documents) {
                tell(false, documents.error().sentence);
                return;
            }
            for (const store::Document &one : *documents) {
                kept = one.id == id ? one : kept;
            }
            whenFinished(m_documents.remove(detect::ownRuleKind(), id), this,
                [this, kept, title, ruleId](const event::Status &done) {
                    if (!done) {
                        tell(false, done.error().sentence);
                        return;
                    }
                    auto *undo = new QAction(tr("Undo"), this);
                    connect(undo, &QAction::triggered, this, [this, kept, ruleId] {
                        m_wanted = ruleId;
                        m_wantedFile = detect::ownFile(kept.id);
                        m_banners->remove(messageKey);
                        whenFinished(m_documents.save(kept), this, [this](const event::Status &back) {
                            if (!back) {
                                tell(false, back.error().sentence);
                            }
                        });
                    });
                    tell(true, tr("The rule \u201c%1\u201d was deleted. Its alerts stay.").arg(title), {undo});
                });
        });
}

void DetectionView::askForImport()
{
    auto *dialog = new QFileDialog(this, tr("Import rules"), {}, tr("Rules (*.yml *.yaml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &DetectionView::importFiles);
    dialog->open();
}

void DetectionView::importFiles(const QStringList &files)
{
    KnownRules known;
    for (const detect::Pack &pack : m_packs ? *m_packs : std::vector<detect::Pack>()) {
        for (const detect::RulePtr &rule : pack.set.rules) {
            if (const auto document = detect::ownDocument(rule->file)) {
                known.documents.emplace(rule->id, *document);
            } else {
                known.packs.emplace(rule->id, pack.title.left(100));
            }
        }
    }
    const auto read = [files, known] { return readImport(files, known); };
    whenFinished(QtConcurrent::run(read), this, [this](const Import &import) {
        if (import.documents.empty()) {
            tell(false, tr("Nothing was imported. %1").arg(import.failures.value(0)));
            return;
        }
        whenFinished(m_documents.saveAll(import.documents, true), this, [this, import](const event::Status &done) {
            if (!done) {
                tell(false, done.error().sentence);
                return;
            }
            QString text = tr("Imported rules: %1.").arg(import.documents.size());
            if (import.replaced > 0) {
                text += u' ' + tr("Of these, %1 took the place of what the case had.").arg(import.replaced);
            }
            if (!import.doubles.isEmpty()) {
                text += u' '
                    + tr("A pack has a rule with the same id, which counts instead: %1. Give the imported one "
                         "another id to use both.")
                          .arg(import.doubles.mid(0, 5).join(u", "_s));
            }
            if (!import.failures.isEmpty()) {
                text += u' ' + tr("Not read: %1").arg(import.failures.join(u' '));
            }
            tell(import.failures.isEmpty() && import.doubles.isEmpty(), text);
        });
    });
}

void DetectionView::exportCurrent()
{
    const detect::RulePtr rule = m_model->ruleAt(m_tree->currentIndex());
    if (rule && !detect::ownDocument(rule->file)) {
        const auto read = [file = rule->file] { return detect::readDraft(file); };
        whenFinished(QtConcurrent::run(read), this, [this](const event::Result<detect::RuleDraft> &draft) {
            if (draft) {
                exportDraft(*draft);
            } else {
                tell(false, draft.error().sentence);
            }
        });
        return;
    }
    const auto wanted = rule ? detect::ownDocument(rule->file) : std::nullopt;
    whenFinished(m_documents.list(detect::ownRuleKind()), this,
        [this, wanted](const event::Result<std::vector<store::Document>> &documents) {
            if (!documents) {
                tell(false, documents.error().sentence);
                return;
            }
            std::vector<detect::RuleDraft> drafts;
            for (const store::Document &one : *documents) {
                const auto draft = detect::RuleDraft::fromBytes(one.body);
                if (draft && (!wanted || one.id == *wanted)) {
                    drafts.push_back(*draft);
                }
            }
            if (wanted && drafts.size() == 1) {
                exportDraft(drafts.front());
            } else {
                exportDrafts(std::move(drafts));
            }
        });
}

void DetectionView::exportDraft(const detect::RuleDraft &draft)
{
    auto *dialog = new QFileDialog(this, tr("Export the rule"), draft.fileName() + u".yml"_s, tr("Rules (*.yml)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"yml"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, draft](const QString &file) {
        const auto write = [draft, file] { return detect::writeDraftAs(draft, file); };
        whenFinished(QtConcurrent::run(write), this, [this, file](const event::Status &done) {
            tell(done.has_value(),
                done ? tr("The rule was written to %1.").arg(QDir::toNativeSeparators(file)) : done.error().sentence);
        });
    });
    dialog->open();
}

void DetectionView::exportDrafts(std::vector<detect::RuleDraft> drafts)
{
    auto *dialog = new QFileDialog(this, tr("Export the own rules to a folder"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, [this, drafts = std::move(drafts)](const QString &folder) {
        const auto write = [drafts, folder]() -> event::Result<int> {
            int count = 0;
            for (const detect::RuleDraft &draft : drafts) {
                if (const auto file = detect::writeDraft(draft, folder); !file) {
                    return tl::unexpected(file.error());
                }
                ++count;
            }
            return count;
        };
        whenFinished(QtConcurrent::run(write), this, [this, folder](const event::Result<int> &count) {
            tell(count.has_value(),
                count ? tr("Rules written to %1: %2.").arg(QDir::toNativeSeparators(folder)).arg(*count)
                      : count.error().sentence);
        });
    });
    dialog->open();
}

} // namespace octotrail::ui
