// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Documents.h"
#include "store/SqlConsole.h"
#include "ui/sql/AnswerModel.h"
#include "ui/sql/SqlTemplates.h"
#include "ui/style/Tones.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace octotrail::ui {

class AnswerTable;
class SqlEdit;
class StatePage;

/// A window of its own in which the analyst asks the case in SQL, which only reads: templates, history, the answer as a
/// table, and its export.
class SqlConsoleWindow : public QWidget
{
    Q_OBJECT

public:
    explicit SqlConsoleWindow(std::shared_ptr<store::Store> store, QWidget *parent = nullptr);
    ~SqlConsoleWindow() override;

    SqlEdit *edit() const { return m_edit; }
    AnswerTable *table() const { return m_table; }
    AnswerModel &model() { return m_model; }
    bool isRunning() const { return m_running; }
    QString status() const;

    void run();
    void cancel();
    /// Puts a query into the editor; it can be undone.
    void load(const SqlTemplate &query);
    /// Writes the whole answer of what was run last.
    void exportTo(const QString &file);
    /// Keeps what is in the editor as a template of the analyst's own; one of the same name is replaced.
    void saveTemplate(const QString &name);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void makeTools(QVBoxLayout *layout);
    void makeResult();
    void fillTemplates();
    void fillHistory();
    void remember(const QString &sql);
    void take(const event::Result<store::SqlTable> &result);
    void showStatus(Tone tone, const QString &text);
    void setRunning(bool running);
    void askForTemplateName();
    void removeTemplate(const SqlTemplate &one);
    void bringBack(const SqlTemplate &one);
    void askForFile();
    void readTemplates();

    std::shared_ptr<store::Store> m_store;
    store::Documents m_documents;
    std::unique_ptr<store::SqlConsole> m_console;
    std::stop_source m_stop;
    AnswerModel m_model;
    SqlEdit *m_edit;
    AnswerTable *m_table;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    StatePage *m_hint;
    StatePage *m_failed;
    StatePage *m_busy;
    StatePage *m_empty;
    QLabel *m_statusIcon;
    QLabel *m_status;
    QPushButton *m_run;
    QPushButton *m_cancel;
    QPushButton *m_export;
    QMenu *m_templateMenu;
    QMenu *m_historyMenu;
    QVBoxLayout *m_transfers;
    QList<SqlTemplate> m_own;
    std::optional<SqlTemplate> m_before; ///< what one was before it was removed or replaced last
    QStringList m_history;
    QString m_ranSql; ///< whose answer is shown
    bool m_running = false;
    QElapsedTimer m_time;
    QTimer m_clock;
};

} // namespace octotrail::ui
