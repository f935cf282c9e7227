// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/searches/SearchesDialog.h"

#include "ui/searches/SavedSearchModel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QCoreApplication>
#include <QFileDialog>
#include <QInputDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <QtConcurrentRun>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

SearchesDialog::SearchesDialog(SavedSearches &searches, const TimeDisplay &time, QWidget *parent)
    : QDialog(parent)
    , m_searches(searches)
    , m_time(time)
    , m_model(new SavedSearchModel(this))
    , m_found(new QSortFilterProxyModel(this))
    , m_find(new QLineEdit(this))
    , m_tree(new QTreeView(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new StatePage(this))
    , m_filter(new QPlainTextEdit(this))
    , m_facts(new QLabel(this))
    , m_undo(new QAction(icon(u"undo"), tr("&Undo"), this))
    , m_told(new QLabel(this))
{
    setObjectName(u"searchesDialog"_s);
    setWindowTitle(tr("Saved searches"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(96 * metrics::Unit, 62 * metrics::Unit);
    makeTree();
    auto *splitter = new QSplitter(Qt::Horizontal, this);
    splitter->addWidget(m_pages);
    splitter->addWidget(makePreview());
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    splitter->setSizes({52 * metrics::Unit, 40 * metrics::Unit});
    m_told->setObjectName(u"searchesTold"_s);
    m_told->setTextFormat(Qt::PlainText);
    m_told->setWordWrap(true);
    auto *undo = new QToolButton(this);
    undo->setDefaultAction(m_undo);
    undo->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *strip = new QHBoxLayout;
    strip->addWidget(m_told, 1);
    strip->addWidget(undo);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit, 2 * metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addWidget(m_find);
    layout->addWidget(splitter, 1);
    layout->addLayout(strip);
    layout->addWidget(makeButtons());
    makeKeys();
    connect(&m_searches, &SavedSearches::changed, this, [this] { fill(m_searches.all()); });
    connect(&m_searches, &SavedSearches::done, this, [this](const QString &sentence) { tell(sentence, false); });
    connect(&m_searches, &SavedSearches::failed, this, [this](const QString &sentence) { tell(sentence, true); });
    fill(m_searches.all());
    tell({}, false);
    m_find->setFocus();
}

void SearchesDialog::makeTree()
{
    m_find->setObjectName(u"searchFind"_s);
    m_find->setAccessibleName(tr("Find a saved search"));
    m_find->setPlaceholderText(tr("Find by name, folder or filter"));
    m_find->setClearButtonEnabled(true);
    m_find->installEventFilter(this);
    m_found->setSourceModel(m_model);
    m_found->setFilterRole(SavedSearchModel::SearchRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_found->setRecursiveFilteringEnabled(true);
    m_tree->setObjectName(u"searchesTree"_s);
    m_tree->setAccessibleName(tr("Saved searches"));
    m_tree->setModel(m_found);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty->setIcon(u"searches");
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_empty);
    connect(m_find, &QLineEdit::textChanged, this, &SearchesDialog::find);
    connect(m_tree, &QTreeView::activated, this, &SearchesDialog::openCurrent);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &SearchesDialog::showMenu);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SearchesDialog::showSelected);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &SearchesDialog::showSelected);
    connect(m_model, &SavedSearchModel::renameRequested, this,
        [this](const QString &id, const QString &name) { m_searches.rename(id, name); });
}

QWidget *SearchesDialog::makePreview()
{
    auto *preview = new QWidget(this);
    m_filter->setObjectName(u"searchFilter"_s);
    m_filter->setAccessibleName(tr("Filter of the chosen search"));
    m_filter->setReadOnly(true);
    m_filter->setTabChangesFocus(true);
    m_filter->setFont(codeFont());
    m_facts->setObjectName(u"searchFacts"_s);
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    auto *layout = new QVBoxLayout(preview);
    layout->setContentsMargins(metrics::Unit, 0, 0, 0);
    layout->addWidget(m_filter, 1);
    layout->addWidget(m_facts);
    return preview;
}

QWidget *SearchesDialog::makeButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    const auto action = [this](QStringView iconName, const QString &text, const QKeySequence &key) {
        auto *made = new QAction(icon(iconName), text, this);
        made->setShortcut(key);
        made->setShortcutContext(Qt::WidgetShortcut);
        m_tree->addAction(made);
        m_actions << made;
        return made;
    };
    m_rename = action(u"edit", tr("&Rename"), {});
    connect(m_rename, &QAction::triggered, this, [this] { m_tree->edit(m_tree->currentIndex()); });
    QAction *move = action(u"archive", tr("&Move to folder\u2026"), QKeySequence(u"Ctrl+M"_s));
    connect(move, &QAction::triggered, this, &SearchesDialog::askForFolder);
    m_overwrite = action(u"tick", tr("Re&place with the current search"), {});
    connect(m_overwrite, &QAction::triggered, this, [this] { Q_EMIT overwriteRequested(currentId()); });
    QAction *remove = action(u"trash", tr("&Delete"), QKeySequence::Delete);
    connect(remove, &QAction::triggered, this, [this] { m_searches.remove(selectedIds()); });

    auto *more = new QPushButton(tr("More"), row);
    more->setObjectName(u"searchesMore"_s);
    auto *menu = new QMenu(more);
    menu->addActions(m_actions);
    menu->addSeparator();
    connect(menu->addAction(icon(u"import"), tr("&Import\u2026")), &QAction::triggered, this,
        &SearchesDialog::askForImport);
    QAction *chosen = menu->addAction(icon(u"export"), tr("&Export the chosen ones\u2026"));
    m_actions << chosen;
    connect(chosen, &QAction::triggered, this, [this] { askForExport(false); });
    connect(menu->addAction(icon(u"export"), tr("Export &all\u2026")), &QAction::triggered, this,
        [this] { askForExport(true); });
    menu->addSeparator();
    connect(menu->addAction(tr("Add the e&xamples")), &QAction::triggered, this,
        [this] { importFrom(u":/searches/examples.json"_s); });
    more->setMenu(menu);
    auto *removeButton = new QPushButton(icon(u"trash"), tr("Delete"), row);
    connect(removeButton, &QPushButton::clicked, remove, &QAction::trigger);
    connect(remove, &QAction::changed, removeButton, [=] { removeButton->setEnabled(remove->isEnabled()); });
    m_open = new QPushButton(tr("Open"), row);
    m_open->setObjectName(u"openSearch"_s);
    m_open->setDefault(true);
    connect(m_open, &QPushButton::clicked, this, &SearchesDialog::openCurrent);
    auto *close = new QPushButton(tr("Close"), row);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    for (QPushButton *button : {more, removeButton, close}) {
        button->setAutoDefault(false);
    }
    layout->addWidget(more);
    layout->addWidget(removeButton);
    layout->addStretch(1);
    layout->addWidget(close);
    layout->addWidget(m_open);
    return row;
}

void SearchesDialog::makeKeys()
{
    m_undo->setShortcut(QKeySequence::Undo);
    m_undo->setShortcutContext(Qt::WidgetShortcut);
    m_tree->addAction(m_undo);
    connect(m_undo, &QAction::triggered, &m_searches, &SavedSearches::undo);
    auto *find = new QAction(this);
    find->setShortcut(QKeySequence::Find);
    addAction(find);
    connect(find, &QAction::triggered, this, [this] {
        m_find->setFocus();
        m_find->selectAll();
    });
}

void SearchesDialog::fill(const std::vector<SavedSearch> &searches)
{
    const QString id = currentId();
    m_model->setSearches(searches);
    m_empty->setTitle(tr("Nothing saved yet"));
    m_empty->setSentence(
        tr("Ctrl+S saves the filter, time and sources of the moment. More has examples to begin with."));
    m_pages->setCurrentWidget(searches.empty() ? static_cast<QWidget *>(m_empty) : m_tree);
    m_filter->parentWidget()->setVisible(!searches.empty());
    m_tree->expandAll();
    select(id);
    if (!m_tree->currentIndex().isValid()) {
        find(m_find->text());
    }
    showSelected();
}

void SearchesDialog::select(const QString &id)
{
    const QModelIndex index = m_found->mapFromSource(m_model->indexOf(id));
    if (!id.isEmpty() && index.isValid()) {
        m_tree->setCurrentIndex(index);
        m_tree->scrollTo(index);
    }
}

void SearchesDialog::find(const QString &text)
{
    m_found->setFilterFixedString(text.trimmed());
    m_tree->expandAll();
    // The first search that is left, not its folder.
    const QModelIndexList found = m_found->match(
        m_found->index(0, 0), SavedSearchModel::IdRole, u"?*"_s, 1, Qt::MatchWildcard | Qt::MatchRecursive);
    if (!found.isEmpty()) {
        m_tree->setCurrentIndex(found.front());
    }
    showSelected();
}

QString SearchesDialog::currentId() const
{
    return m_tree->currentIndex().data(SavedSearchModel::IdRole).toString();
}

QStringList SearchesDialog::selectedIds() const
{
    QStringList ids;
    for (const QModelIndex &index : m_tree->selectionModel()->selectedIndexes()) {
        const QString id = index.data(SavedSearchModel::IdRole).toString();
        if (!id.isEmpty()) {
            ids << id;
            continue;
        }
        const QString folder = index.data(SavedSearchModel::FolderRole).toString();
        for (const SavedSearch &search : m_searches.all()) {
            if (search.document.folder == folder || search.document.folder.startsWith(folder + u'/')) {
                ids << search.document.id;
            }
        }
    }
    ids.removeDuplicates();
    return ids;
}

void SearchesDialog::showSelected()
{
    const SavedSearch *search = m_searches.find(currentId());
    const bool isAny = !selectedIds().isEmpty();
    for (QAction *action : m_actions) {
        action->setEnabled(isAny);
    }
    m_rename->setEnabled(search);
    m_overwrite->setEnabled(search);
    m_open->setEnabled(search);
    if (!search) {
        m_filter->clear();
        m_facts->clear();
        return;
    }
    m_filter->setPlainText(
        search->state.filter.isEmpty() ? tr("(no filter)") : multiLine(search->state.filter, 20'000));
    QStringList facts;
    if (!search->problem.isEmpty()) {
        facts << search->problem;
    }
    if (!search->state.disabled.empty()) {
        facts << tr("%1 conditions that are switched off").arg(search->state.disabled.size());
    }
    facts << TimeRangeChoice::titleOf(search->state.time, m_time);
    facts << (search->state.sources.empty() ? tr("All sources") : tr("%1 sources").arg(search->state.sources.size()));
    facts << tr("Saved %1").arg(m_time.seconds(search->document.modified));
    m_facts->setText(facts.join(u'\n'));
}

void SearchesDialog::openCurrent()
{
    const QString id = currentId();
    if (id.isEmpty()) {
        return;
    }
    Q_EMIT openRequested(id);
    accept();
}

void SearchesDialog::askForFolder()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Move to folder"));
    dialog->setLabelText(tr("Folder (\u201cPhishing/Week 3\u201d makes folders; nothing for none):"));
    dialog->setComboBoxItems(QStringList{QString()} + m_searches.folders());
    dialog->setComboBoxEditable(true);
    const QStringList ids = selectedIds();
    connect(dialog, &QInputDialog::textValueSelected, this,
        [this, ids](const QString &folder) { m_searches.move(ids, folder); });
    dialog->open();
}

void SearchesDialog::askForImport()
{
    auto *dialog = new QFileDialog(this, tr("Import saved searches"), {}, tr("Saved searches (*.json);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &SearchesDialog::importFrom);
    dialog->open();
}

void SearchesDialog::importFrom(const QString &file)
{
    whenFinished(QtConcurrent::run([file] { return exchange::readDocumentFile(file, searchKind); }), this,
        [this](const event::Result<exchange::DocumentFile> &read) {
            if (read) {
                m_searches.import(*read);
            } else {
                tell(read.error().sentence, true);
            }
        });
}

void SearchesDialog::askForExport(bool all)
{
    const QStringList ids = all ? QStringList() : selectedIds();
    auto *dialog = new QFileDialog(this, tr("Export saved searches"), {}, tr("Saved searches (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, ids](const QString &file) { exportTo(file, ids); });
    dialog->open();
}

void SearchesDialog::exportTo(const QString &file, const QStringList &ids)
{
    const std::vector<store::Document> documents = m_searches.documents(ids);
    whenFinished(QtConcurrent::run([file, documents] { return exchange::writeDocumentFile(file, documents); }), this,
        [this, count = documents.size()](const event::Status &written) {
            tell(!written        ? written.error().sentence
                    : count == 1 ? tr("One search was exported.")
                                 : tr("%1 searches were exported.").arg(count),
                !written);
        });
}

void SearchesDialog::showMenu(const QPoint &position)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("&Open")), &QAction::triggered, this, &SearchesDialog::openCurrent);
    menu->addSeparator();
    menu->addActions(m_actions);
    menu->addSeparator();
    menu->addAction(m_undo);
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

void SearchesDialog::tell(const QString &sentence, bool isProblem)
{
    QPalette colours = palette();
    if (isProblem) {
        colours.setColor(QPalette::WindowText, toneColor(Tone::Bad, palette()));
    }
    m_told->setPalette(colours);
    m_told->setText(sentence);
    m_undo->setEnabled(m_searches.canUndo());
}

bool SearchesDialog::eventFilter(QObject *watched, QEvent *event)
{
    // From the field the list is moved in.
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_tree, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace octotrail::ui
