// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layouts/LayoutShelf.h"

#include "event/PrivateFile.h"
#include "ui/events/EventTable.h"
#include "ui/layouts/ColorRulesDialog.h"
#include "ui/style/Icons.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenu>
#include <QPointer>
#include <QSaveFile>
#include <QUndoStack>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using store::Document;

namespace {

const QString layoutKind = u"layout"_s;
const QString rulesKind = u"color-rules"_s;
const QString fileFilter = LayoutShelf::tr("Layouts and colour rules (*.octolayout);;All files (*)");
constexpr qint64 largestFile = 8 << 20;

event::Result<QByteArray> readFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return event::failure(
            event::ErrorKind::Storage, LayoutShelf::tr("%1 cannot be read: %2.").arg(name, file.errorString()));
    }
    if (file.size() > largestFile) {
        return event::failure(
            event::ErrorKind::InvalidInput, LayoutShelf::tr("%1 is too large to be a layout.").arg(name));
    }
    return file.readAll();
}

event::Status writeFile(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (!event::writePrivately(file, bytes)) {
        return event::failure(
            event::ErrorKind::Storage, LayoutShelf::tr("%1 could not be written: %2.").arg(name, file.errorString()));
    }
    return {};
}

} // namespace

/// A change of documents that was made already when it comes to the stack.
class DocumentCommand : public QUndoCommand
{
public:
    DocumentCommand(LayoutShelf &shelf, const QString &text, std::vector<Document> before, std::vector<Document> after)
        : QUndoCommand(text)
        , m_shelf(&shelf)
        , m_before(std::move(before))
        , m_after(std::move(after))
    { }

    void undo() override
    {
        if (m_shelf) {
            m_shelf->put(m_after, m_before);
        }
    }
    void redo() override
    {
        if (m_shelf) {
            m_shelf->put(m_before, m_after);
        }
    }

private:
    QPointer<LayoutShelf> m_shelf;
    std::vector<Document> m_before;
    std::vector<Document> m_after;
};

namespace {

/// The table's columns were arranged anew already when it comes to the stack.
class ArrangeCommand : public QUndoCommand
{
public:
    ArrangeCommand(EventTable &table, TableLayout before, const QString &text)
        : QUndoCommand(text)
        , m_table(&table)
        , m_before(std::move(before))
    { }

    void undo() override
    {
        if (m_table) {
            m_after = m_table->layoutOfColumns();
            m_table->setLayoutOfColumns(m_before);
        }
    }
    void redo() override
    {
        if (!std::exchange(m_made, false) && m_table) {
            m_table->setLayoutOfColumns(m_after);
        }
    }

private:
    QPointer<EventTable> m_table;
    TableLayout m_before;
    TableLayout m_after;
    bool m_made = true;
};

} // namespace

LayoutShelf::LayoutShelf(
    std::shared_ptr<store::Store> store, EventTable &table, RowColors &colors, QUndoStack &undo, QWidget *window)
    : QObject(window)
    , m_documents(std::move(store))
    , m_table(table)
    , m_colors(colors)
    , m_undo(undo)
    , m_window(window)
{
    connect(&m_documents, &store::Documents::changed, this, &LayoutShelf::load);
    connect(&m_table, &EventTable::rearranged, this, [this](const TableLayout &before, const QString &what) {
        m_undo.push(new ArrangeCommand(m_table, before, what)); // the stack owns it
    });
    load(layoutKind);
    load(rulesKind);
}

void LayoutShelf::arrange(const TableLayout &layout, const QString &what)
{
    const TableLayout before = m_table.layoutOfColumns();
    m_table.setLayoutOfColumns(layout);
    if (m_table.layoutOfColumns() != before) {
        m_undo.push(new ArrangeCommand(m_table, before, what));
    }
}

LayoutShelf::~LayoutShelf() = default;

void LayoutShelf::load(const QString &kind)
{
    if (kind != layoutKind && kind != rulesKind) {
        return;
    }
    whenFinished(m_documents.list(kind), this, [this, kind](const event::Result<std::vector<Document>> &list) {
        if (!list) {
            Q_EMIT failed(list.error().sentence);
            return;
        }
        if (kind == rulesKind) {
            m_rules = list->empty() ? std::nullopt : std::optional(list->front());
            const auto rules = m_rules ? readRules(m_rules->body) : event::Result<std::vector<ColorRule>>();
            if (rules && *rules != m_colors.rules()) {
                m_colors.setRules(*rules);
            }
        } else {
            m_layouts.clear();
            for (const Document &document : *list) {
                if (auto layout = readLayout(document.body)) {
                    m_layouts.push_back({document.id, document.name, std::move(*layout)});
                }
            }
        }
        Q_EMIT changed();
    });
}

const LayoutShelf::Named *LayoutShelf::find(const QString &id) const
{
    const auto named = std::ranges::find(m_layouts, id, &Named::id);
    return named == m_layouts.end() ? nullptr : &*named;
}

Document LayoutShelf::documentOf(const Named &named) const
{
    Document document;
    document.kind = layoutKind;
    document.id = named.id;
    document.name = named.name;
    document.body = writeLayout(named.layout);
    return document;
}

void LayoutShelf::put(const std::vector<Document> &before, const std::vector<Document> &after)
{
    const auto tell = [this](const event::Status &done) {
        if (!done) {
            Q_EMIT failed(done.error().sentence);
        }
    };
    for (const Document &document : before) {
        if (std::ranges::none_of(after, [&](const Document &one) { return one.id == document.id; })) {
            whenFinished(m_documents.remove(document.kind, document.id), this, tell);
        }
    }
    if (!after.empty()) {
        whenFinished(m_documents.saveAll(after), this, tell);
    }
}

void LayoutShelf::change(const QString &text, std::vector<Document> before, std::vector<Document> after)
{
    m_undo.push(new DocumentCommand(*this, text, std::move(before), std::move(after))); // pushing it does it
    Q_EMIT told(text);
}

bool LayoutShelf::isModified() const
{
    const Named *named = find(m_current);
    return named && named->layout != m_table.layoutOfColumns();
}

void LayoutShelf::saveAs(const QString &name)
{
    const QString kept = name.simplified().left(200);
    if (kept.isEmpty()) {
        return;
    }
    const auto same = std::ranges::find_if(
        m_layouts, [&](const Named &one) { return one.name.compare(kept, Qt::CaseInsensitive) == 0; });
    Named named{same == m_layouts.end() ? store::Documents::makeId() : same->id, kept, m_table.layoutOfColumns()};
    m_current = named.id;
    change(tr("Save the layout \u201c%1\u201d").arg(singleLine(kept, 60)),
        same == m_layouts.end() ? std::vector<Document>() : std::vector{documentOf(*same)}, {documentOf(named)});
}

void LayoutShelf::update()
{
    if (const Named *named = find(m_current)) {
        Named now = *named;
        now.layout = m_table.layoutOfColumns();
        change(tr("Update the layout \u201c%1\u201d").arg(singleLine(now.name, 60)), {documentOf(*named)},
            {documentOf(now)});
    }
}

void LayoutShelf::switchTo(const QString &id)
{
    if (const Named *named = find(id)) {
        m_current = id;
        arrange(named->layout, tr("Layout \u201c%1\u201d").arg(singleLine(named->name, 40)));
        Q_EMIT changed();
    }
}

void LayoutShelf::rename(const QString &id, const QString &name)
{
    const Named *named = find(id);
    if (named && !name.simplified().isEmpty() && name.simplified() != named->name) {
        Named now = *named;
        now.name = name.simplified().left(200);
        change(tr("Rename the layout \u201c%1\u201d").arg(singleLine(named->name, 60)), {documentOf(*named)},
            {documentOf(now)});
    }
}

void LayoutShelf::remove(const QString &id)
{
    if (const Named *named = find(id)) {
        change(tr("Delete the layout \u201c%1\u201d").arg(singleLine(named->name, 60)), {documentOf(*named)}, {});
    }
}

void LayoutShelf::setRules(const std::vector<ColorRule> &rules)
{
    if (rules == m_colors.rules()) {
        return;
    }
    Document document;
    document.kind = rulesKind;
    document.id = u"rules"_s;
    document.name = tr("Colour rules");
    document.body = writeRules(rules);
    Document before = document;
    before.body = writeRules(m_colors.rules());
    change(tr("Change the colour rules"), {before}, {document});
}

QMenu *LayoutShelf::makeMenu(QWidget *parent)
{
    auto *menu = new QMenu(tr("&Layout"), parent);
    menu->setIcon(icon(u"columns"));
    menu->setObjectName(u"layoutMenu"_s);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(menu); });
    fillMenu(menu);
    return menu;
}

void LayoutShelf::fillMenu(QMenu *menu)
{
    menu->clear();
    for (const Named &named : m_layouts) {
        QAction *action = menu->addAction(actionText(singleLine(named.name, 60)));
        action->setCheckable(true);
        action->setChecked(named.id == m_current);
        connect(action, &QAction::triggered, this, [this, id = named.id] { switchTo(id); });
    }
    if (!m_layouts.empty()) {
        menu->addSeparator();
    }
    connect(menu->addAction(tr("&Save the layout as\u2026")), &QAction::triggered, this, &LayoutShelf::askForName);
    if (const Named *named = find(m_current)) {
        const QString name = actionText(singleLine(named->name, 40));
        QAction *take = menu->addAction(tr("&Update \u201c%1\u201d").arg(name));
        take->setEnabled(isModified());
        connect(take, &QAction::triggered, this, &LayoutShelf::update);
        QAction *revert = menu->addAction(tr("Bac&k to \u201c%1\u201d").arg(name));
        revert->setEnabled(isModified());
        connect(revert, &QAction::triggered, this, [this] { switchTo(m_current); });
        connect(menu->addAction(icon(u"edit"), tr("&Rename \u201c%1\u201d\u2026").arg(name)), &QAction::triggered, this,
            [this, id = named->id, old = named->name] {
                auto *dialog = new QInputDialog(m_window);
                dialog->setAttribute(Qt::WA_DeleteOnClose);
                dialog->setWindowTitle(tr("Rename the layout"));
                dialog->setLabelText(tr("Name:"));
                dialog->setTextValue(old);
                connect(dialog, &QInputDialog::textValueSelected, this,
                    [this, id](const QString &typed) { rename(id, typed); });
                dialog->open();
            });
        connect(menu->addAction(icon(u"trash"), tr("&Delete \u201c%1\u201d").arg(name)), &QAction::triggered, this,
            [this, id = named->id] { remove(id); });
    }
    menu->addSeparator();
    connect(menu->addAction(icon(u"export"), tr("&Export layouts and colour rules\u2026")), &QAction::triggered, this,
        &LayoutShelf::askForExport);
    connect(menu->addAction(icon(u"import"), tr("&Import layouts and colour rules\u2026")), &QAction::triggered, this,
        &LayoutShelf::askForImport);
    menu->addSeparator();
    connect(menu->addAction(tr("&Usual layout")), &QAction::triggered, this, [this] {
        m_current.clear();
        m_table.resetColumns();
    });
}

void LayoutShelf::askForName()
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setObjectName(u"layoutName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save the layout"));
    dialog->setLabelText(tr("Name of the layout (one that is there is replaced):"));
    const Named *named = find(m_current);
    dialog->setTextValue(named ? named->name : QString());
    connect(dialog, &QInputDialog::textValueSelected, this, &LayoutShelf::saveAs);
    dialog->open();
}

void LayoutShelf::askForRules()
{
    auto *dialog = new ColorRulesDialog(m_colors.rules(), m_window);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setRules(dialog->rules()); });
    dialog->open();
}

void LayoutShelf::askForExport()
{
    auto *dialog = new QFileDialog(m_window, tr("Export layouts and colour rules"), {}, fileFilter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"octolayout"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LayoutShelf::exportTo);
    dialog->open();
}

void LayoutShelf::askForImport()
{
    auto *dialog = new QFileDialog(m_window, tr("Import layouts and colour rules"), {}, fileFilter);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &LayoutShelf::importFrom);
    dialog->open();
}

void LayoutShelf::exportTo(const QString &file)
{
    LayoutFile all;
    for (const Named &named : m_layouts) {
        all.layouts.emplace_back(named.name, named.layout);
    }
    if (all.layouts.empty() || isModified()) {
        all.layouts.emplace_back(tr("Layout"), m_table.layoutOfColumns());
    }
    all.rules = m_colors.rules();
    whenFinished(QtConcurrent::run(writeFile, file, writeLayoutFile(all)), this, [this](const event::Status &done) {
        if (!done) {
            Q_EMIT failed(done.error().sentence);
        }
    });
}

void LayoutShelf::importFrom(const QString &file)
{
    const auto read = [](const QString &name) { return readFile(name).and_then(readLayoutFile); };
    whenFinished(QtConcurrent::run(read, file), this, [this](const event::Result<LayoutFile> &all) {
        if (!all) {
            Q_EMIT failed(all.error().sentence);
            return;
        }
        std::vector<Document> before;
        std::vector<Document> after;
        for (const auto &[name, layout] : all->layouts) {
            const auto same = std::ranges::find_if(
                m_layouts, [&](const Named &one) { return one.name.compare(name, Qt::CaseInsensitive) == 0; });
            if (same != m_layouts.end()) {
                before.push_back(documentOf(*same));
            }
            const QString id = same == m_layouts.end() ? store::Documents::makeId() : same->id;
            after.push_back(documentOf({id, name.isEmpty() ? tr("Layout") : name, layout}));
        }
        std::vector<ColorRule> rules = m_colors.rules();
        std::ranges::copy_if(all->rules, std::back_inserter(rules),
            [&](const ColorRule &rule) { return std::ranges::find(rules, rule) == rules.end(); });
        if (rules != m_colors.rules()) {
            Document document;
            document.kind = rulesKind;
            document.id = u"rules"_s;
            document.name = tr("Colour rules");
            document.body = writeRules(m_colors.rules());
            before.push_back(document);
            document.body = writeRules(rules);
            after.push_back(document);
        }
        change(tr("Import layouts and colour rules"), std::move(before), std::move(after));
    });
}

} // namespace octotrail::ui
