// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Pivot.h"
#include "ui/models/Recount.h"
#include "ui/sql/AnswerModel.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace octotrail::ui {

class AnswerTable;
class StatePage;

/// A window of its own that groups the events of the current filter by one or two fields, and counts again when the
/// filter changes or events come in.
class PivotWindow : public QWidget
{
    Q_OBJECT

public:
    /// The result is the events view's; it outlives the window.
    PivotWindow(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent = nullptr);
    ~PivotWindow() override;

    /// Groups by these paths; the second, and the one whose different values are counted, may be empty.
    void setPaths(const QString &first, const QString &second, const QString &distinct);
    QStringList groupBy() const;
    void setTimeDisplay(const TimeDisplay &time);
    AnswerTable *table() const { return m_table; }
    AnswerModel &model() { return m_model; }
    QString status() const;
    bool isCounting() const { return m_counting; }
    void exportTo(const QString &file);

Q_SIGNALS:
    /// A group was opened: these comparisons name it.
    void narrowRequested(const QString &comparison);
    /// And this source, which is chosen beside the filter.
    void sourceRequested(const QString &name);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QComboBox *makeChoice(const QString &name, const QString &accessibleName, const QString &none);
    static QString pathOf(const QComboBox *choice);
    void setPath(QComboBox *choice, const QString &path);
    void count();
    void take(const event::Result<store::PivotResult> &result);
    void nameColumns();
    void open(const QModelIndex &index);
    void askForFile();
    void showStatus(const QString &text);

    std::shared_ptr<store::Store> m_store;
    const EventResult &m_result;
    Recount m_recount;
    AnswerModel m_model;
    TimeDisplay m_time;
    QComboBox *m_first;
    QComboBox *m_second;
    QComboBox *m_distinct;
    AnswerTable *m_table;
    QStackedWidget *m_pages;
    StatePage *m_state;
    QLabel *m_status;
    QPushButton *m_export;
    store::PivotRequest m_shown; ///< what the shown groups answer
    bool m_counting = false;
};

} // namespace octotrail::ui
