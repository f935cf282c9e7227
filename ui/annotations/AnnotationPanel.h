// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/annotations/AnnotationModel.h"
#include "ui/annotations/Annotator.h"

#include <QWidget>

class QAction;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace octotrail::ui {

class StatePage;

/// The bookmarked, tagged and noted events of the case: to go to one, to show some as a filter, to rename tags.
class AnnotationPanel : public QWidget
{
    Q_OBJECT

public:
    AnnotationPanel(
        std::shared_ptr<store::Store> store, AnnotationBook &book, Annotator &annotator, QWidget *parent = nullptr);

    AnnotationModel &model() { return m_model; }
    void setTimeDisplay(const TimeDisplay &time) { m_model.setTimeDisplay(time); }
    /// The choice as an expression of the filter language.
    QString filter() const;

Q_SIGNALS:
    void eventRequested(octotrail::store::Seq seq, const QString &uuid);
    /// Instead of the filter that there is.
    void filterRequested(const QString &filter);
    void closeRequested();

private:
    void fillChoices();
    void takeChoice();
    void showState();
    void showMenu(const QPoint &position);
    void renameTag(bool remove);
    std::vector<store::Seq> selected() const;

    AnnotationBook &m_book;
    Annotator &m_annotator;
    AnnotationModel m_model;
    QComboBox *m_choice;
    QToolButton *m_show;
    QToolButton *m_more;
    QAction *m_rename;
    QAction *m_removeTag;
    QStackedWidget *m_pages;
    QTableView *m_table;
    StatePage *m_nothing;
    QLabel *m_count;
};

} // namespace octotrail::ui
