// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Documents.h"
#include "ui/layouts/TableLayout.h"

#include <QObject>
#include <optional>

class QMenu;
class QUndoStack;
class QWidget;

namespace octotrail::ui {

class EventTable;

/// The named layouts of the event table and its colour rules, kept in the case; each change can be undone. Files carry
/// them to other cases.
class LayoutShelf : public QObject
{
    Q_OBJECT

public:
    LayoutShelf(
        std::shared_ptr<store::Store> store, EventTable &table, RowColors &colors, QUndoStack &undo, QWidget *window);
    ~LayoutShelf() override;

    struct Named
    {
        QString id;
        QString name;
        TableLayout layout;
    };
    const std::vector<Named> &layouts() const { return m_layouts; }
    /// The layout that was switched to last; the table may have been changed since.
    QString currentId() const { return m_current; }
    void setCurrentId(const QString &id) { m_current = id; }
    bool isModified() const;

    void saveAs(const QString &name);
    /// Takes what the table shows into the layout that was switched to last.
    void update();
    /// Arranges the columns so; the arrangement before can be had back.
    void arrange(const TableLayout &layout, const QString &what);
    void switchTo(const QString &id);
    void rename(const QString &id, const QString &name);
    void remove(const QString &id);
    void setRules(const std::vector<ColorRule> &rules);

    /// A menu of all this, filled when it is opened.
    QMenu *makeMenu(QWidget *parent);
    void askForName();
    void askForRules();
    void askForExport();
    void askForImport();
    void exportTo(const QString &file);
    void importFrom(const QString &file);

Q_SIGNALS:
    void changed();
    void failed(const QString &sentence);
    /// Something was done that can be undone.
    void told(const QString &sentence);

private:
    void load(const QString &kind);
    void fillMenu(QMenu *menu);
    const Named *find(const QString &id) const;
    store::Document documentOf(const Named &named) const;
    /// Writes the documents after instead of those before, now and when it is done again.
    void change(const QString &text, std::vector<store::Document> before, std::vector<store::Document> after);
    void put(const std::vector<store::Document> &before, const std::vector<store::Document> &after);
    friend class DocumentCommand;

    store::Documents m_documents;
    EventTable &m_table;
    RowColors &m_colors;
    QUndoStack &m_undo;
    QWidget *m_window;
    std::vector<Named> m_layouts;
    QString m_current;
    std::optional<store::Document> m_rules;
};

} // namespace octotrail::ui
