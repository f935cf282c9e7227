// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/SqlConsoleWindow.h"

#include "store/Store.h"
#include "ui/sql/AnswerTable.h"
#include "ui/sql/SqlEdit.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/transfer/TransferBar.h"
#include "ui/transfer/TransferFolder.h"
#include "ui/transfer/TransferJob.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAction>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype historyLength = 50;
/// Of a statement in the history's menu.
constexpr qsizetype historyCaption = 90;

QString secondsText(qint64 milliseconds)
{
    return QLocale().toString(static_cast<double>(milliseconds) / 1000, 'f', milliseconds < 10'000 ? 2 : 0);
}

} // namespace

SqlConsoleWindow::SqlConsoleWindow(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_store(std::move(store))
    , m_documents(m_store)
    , m_console(std::make_unique<store::SqlConsole>(m_store))
    , m_edit(new SqlEdit(this))
    , m_table(new AnswerTable(&m_model, this))
    , m_splitter(new QSplitter(Qt::Vertical, this))
    , m_pages(new QStackedWidget(this))
    , m_hint(new StatePage(this))
    , m_failed(new StatePage(this))
    , m_busy(new StatePage(this))
    , m_empty(new StatePage(this))
    , m_statusIcon(new QLabel(this))
    , m_status(new QLabel(this))
    , m_templateMenu(new QMenu(this))
    , m_historyMenu(new QMenu(this))
    , m_transfers(new QVBoxLayout)
{
    setObjectName(u"sqlConsole"_s);
    setWindowTitle(tr("SQL console \u2013 %1").arg(singleLine(QFileInfo(m_store->file()).completeBaseName(), 100)));
    resize(1040, 720);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::Unit);
    makeTools(layout);
    makeResult();
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_edit);
    m_splitter->addWidget(m_pages);
    m_splitter->setSizes({240, 420});
    layout->addWidget(m_splitter, 1);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_statusIcon);
    bottom->addWidget(m_status, 1);
    layout->addLayout(bottom);
    m_transfers->setContentsMargins({});
    layout->addLayout(m_transfers);
    orderFocus(*this);

    connect(m_edit, &SqlEdit::runRequested, this, &SqlConsoleWindow::run);
    connect(m_templateMenu, &QMenu::aboutToShow, this, &SqlConsoleWindow::fillTemplates);
    connect(m_historyMenu, &QMenu::aboutToShow, this, &SqlConsoleWindow::fillHistory);
    connect(&m_documents, &store::Documents::changed, this, [this](const QString &kind) {
        if (kind == QLatin1String(sqlTemplateKind)) {
            readTemplates();
        }
    });
    m_clock.setInterval(100);
    connect(&m_clock, &QTimer::timeout, this,
        [this] { showStatus(Tone::Muted, tr("Running for %1 s\u2026").arg(secondsText(m_time.elapsed()))); });
    QSettings settings;
    m_history = settings.value("sql/history").toStringList();
    restoreGeometry(settings.value("sql/geometry").toByteArray());
    whenFinished(m_console->names(), this, [this](const event::Result<QStringList> &names) {
        if (names) {
            m_edit->setNames(*names);
        }
    });
    readTemplates();
    setRunning(false);
    showStatus(Tone::Muted, {});
    m_edit->setFocus();
}

SqlConsoleWindow::~SqlConsoleWindow()
{
    m_stop.request_stop();
}

void SqlConsoleWindow::makeTools(QVBoxLayout *layout)
{
    auto *tools = new QHBoxLayout;
    tools->setSpacing(metrics::Unit);
    const auto add = [&](const QString &name, QStringView iconName, const QString &text) {
        auto *button = new QPushButton(icon(iconName), text, this);
        button->setObjectName(name);
        tools->addWidget(button);
        return button;
    };
    m_run = add(u"runSql"_s, u"play", tr("&Run"));
    m_run->setToolTip(tr("Run the statement, or what is selected of it (Ctrl+Enter)"));
    connect(m_run, &QPushButton::clicked, this, &SqlConsoleWindow::run);
    m_cancel = add(u"cancelSql"_s, u"stop", tr("Cance&l"));
    m_cancel->setShortcut(QKeySequence(Qt::Key_Escape));
    m_cancel->setToolTip(tr("Stop the query (Esc)"));
    connect(m_cancel, &QPushButton::clicked, this, &SqlConsoleWindow::cancel);
    tools->addSpacing(metrics::Unit);
    add(u"sqlTemplates"_s, u"archive", tr("&Templates"))->setMenu(m_templateMenu);
    add(u"sqlHistory"_s, u"history", tr("&History"))->setMenu(m_historyMenu);
    m_templateMenu->setToolTipsVisible(true);
    tools->addStretch();
    m_export = add(u"exportSql"_s, u"export", tr("&Export\u2026"));
    m_export->setToolTip(tr("Write the whole answer as CSV or JSON"));
    connect(m_export, &QPushButton::clicked, this, &SqlConsoleWindow::askForFile);
    layout->addLayout(tools);
}

void SqlConsoleWindow::makeResult()
{
    m_table->setObjectName(u"sqlAnswer"_s);
    m_table->setAccessibleName(tr("Answer"));
    m_hint->setIcon(u"search");
    m_hint->setTitle(tr("Ask the case in SQL"));
    m_hint->setSentence(
        tr("The table events has a row for each event and a column for each of Okta's fields, such as "
           "\"actor.alternateId\". Choose a template to begin with. Nothing here can change the case."));
    m_busy->setIcon(u"clock");
    m_busy->setTitle(tr("Running"));
    m_busy->setBusy(true);
    m_failed->setObjectName(u"sqlFailed"_s);
    m_failed->setIcon(u"error", Tone::Bad);
    m_empty->setIcon(u"check");
    m_empty->setTitle(tr("No rows"));
    m_empty->setSentence(tr("The statement was run. Nothing in the case matches it."));
    for (QWidget *page : std::initializer_list<QWidget *>{m_hint, m_busy, m_failed, m_empty, m_table}) {
        m_pages->addWidget(page);
    }
    m_status->setObjectName(u"sqlStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_statusIcon->setFixedSize(metrics::IconSize, metrics::IconSize);
}

QString SqlConsoleWindow::status() const
{
    return m_status->text();
}

void SqlConsoleWindow::showStatus(Tone tone, const QString &text)
{
    const QStringView name = tone == Tone::Bad ? u"error" : tone == Tone::Warning ? u"warning" : u"check";
    m_statusIcon->setVisible(tone == Tone::Bad || tone == Tone::Warning || tone == Tone::Good);
    m_statusIcon->setPixmap(icon(name, tone).pixmap(metrics::IconSize));
    m_status->setText(text);
}

void SqlConsoleWindow::setRunning(bool running)
{
    m_running = running;
    m_run->setEnabled(!running);
    m_cancel->setEnabled(running);
    m_export->setEnabled(!running && !m_ranSql.isEmpty());
    if (running) {
        m_time.start();
        m_clock.start();
    } else {
        m_clock.stop();
    }
}

void SqlConsoleWindow::run()
{
    const QString sql = m_edit->statement();
    if (m_running || sql.trimmed().isEmpty()) {
        return;
    }
    m_edit->clearError();
    remember(sql);
    m_stop = {};
    m_ranSql = sql;
    setRunning(true);
    m_pages->setCurrentWidget(m_busy);
    showStatus(Tone::Muted, tr("Running\u2026"));
    whenFinished(
        m_console->run(sql, {}, m_stop), this, [this](const event::Result<store::SqlTable> &result) { take(result); });
}

void SqlConsoleWindow::cancel()
{
    m_stop.request_stop();
}

void SqlConsoleWindow::take(const event::Result<store::SqlTable> &result)
{
    const QString time = secondsText(m_time.elapsed());
    if (!result) {
        const event::Error &error = result.error();
        const bool cancelled = error.kind == event::ErrorKind::Cancelled;
        m_edit->showError(error.column);
        m_failed->setIcon(cancelled ? u"stop" : u"error", cancelled ? Tone::Muted : Tone::Bad);
        m_failed->setTitle(cancelled ? tr("Cancelled") : tr("The statement cannot be run"));
        QString sentence = multiLine(error.sentence, 1000);
        if (error.column > 0) {
            const QString before = m_ranSql.left(error.column - 1);
            sentence = tr("Line %1, column %2: %3")
                           .arg(before.count(u'\n') + 1)
                           .arg(before.size() - (before.lastIndexOf(u'\n') + 1) + 1)
                           .arg(sentence);
        }
        m_failed->setSentence(cancelled ? tr("The query was stopped after %1 s.").arg(time) : sentence);
        m_pages->setCurrentWidget(m_failed);
        m_ranSql.clear();
        setRunning(false);
        showStatus(cancelled ? Tone::Muted : Tone::Bad, cancelled ? tr("Cancelled after %1 s").arg(time) : sentence);
        return;
    }
    m_model.setAnswer(std::make_shared<const store::SqlTable>(*result));
    m_table->fitColumns();
    m_pages->setCurrentWidget(m_model.rowCount() == 0 ? static_cast<QWidget *>(m_empty) : m_table);
    setRunning(false);
    const QString rows = QLocale().toString(m_model.rowCount());
    if (result->isCut) {
        showStatus(Tone::Warning,
            tr("The first %1 rows, in %2 s. There are more: Export writes all of them.").arg(rows, time));
    } else {
        showStatus(Tone::Good,
            m_model.rowCount() == 1 ? tr("1 row in %1 s").arg(time) : tr("%1 rows in %2 s").arg(rows, time));
    }
}

void SqlConsoleWindow::load(const SqlTemplate &query)
{
    m_edit->replaceText(query.sql);
    m_edit->setFocus();
}

void SqlConsoleWindow::readTemplates()
{
    whenFinished(m_documents.list(QLatin1String(sqlTemplateKind)), this,
        [this](const event::Result<std::vector<store::Document>> &documents) {
            if (!documents) {
                return;
            }
            m_own.clear();
            for (const store::Document &document : *documents) {
                m_own.append({document.id, document.name, {}, QString::fromUtf8(document.body), false});
            }
        });
}

void SqlConsoleWindow::fillTemplates()
{
    m_templateMenu->clear();
    const auto add = [this](QMenu *menu, const SqlTemplate &one) {
        QAction *action = menu->addAction(actionText(singleLine(one.title, 80)));
        action->setToolTip(ui::toolTip(one.about));
        connect(action, &QAction::triggered, this, [this, one] { load(one); });
    };
    m_templateMenu->addSection(tr("For responders"));
    for (const SqlTemplate &one : bundledSqlTemplates()) {
        add(m_templateMenu, one);
    }
    m_templateMenu->addSection(tr("In this case"));
    for (const SqlTemplate &one : m_own) {
        add(m_templateMenu, one);
    }
    QAction *save = m_templateMenu->addAction(icon(u"plus"), tr("&Save as a template\u2026"));
    save->setEnabled(!m_edit->toPlainText().trimmed().isEmpty());
    connect(save, &QAction::triggered, this, &SqlConsoleWindow::askForTemplateName);
    if (m_before) {
        const QString name = singleLine(m_before->title, 80);
        connect(m_templateMenu->addAction(icon(u"undo"), actionText(tr("Bring back %1").arg(name))),
            &QAction::triggered, this, [this, one = *m_before] { bringBack(one); });
    }
    if (m_own.isEmpty()) {
        return;
    }
    QMenu *remove = m_templateMenu->addMenu(icon(u"trash"), tr("&Remove"));
    for (const SqlTemplate &one : m_own) {
        connect(remove->addAction(actionText(singleLine(one.title, 80))), &QAction::triggered, this,
            [this, one] { removeTemplate(one); });
    }
}

void SqlConsoleWindow::removeTemplate(const SqlTemplate &one)
{
    whenFinished(
        m_documents.remove(QLatin1String(sqlTemplateKind), one.id), this, [this, one](const event::Status &status) {
            if (!status) {
                showStatus(Tone::Bad, status.error().sentence);
                return;
            }
            m_before = one;
            showStatus(Tone::Good,
                tr("The template \u201c%1\u201d was removed. The Templates menu can bring it back.")
                    .arg(singleLine(one.title, 80)));
        });
}

/// As it was before it was removed or replaced.
void SqlConsoleWindow::bringBack(const SqlTemplate &one)
{
    const store::Document document{QLatin1String(sqlTemplateKind), one.id, {}, one.title, one.sql.toUtf8()};
    whenFinished(m_documents.save(document, true), this, [this, one](const event::Status &status) {
        if (status) {
            m_before.reset();
        }
        showStatus(status ? Tone::Good : Tone::Bad,
            status ? tr("The template \u201c%1\u201d is back.").arg(singleLine(one.title, 80))
                   : status.error().sentence);
    });
}

void SqlConsoleWindow::askForTemplateName()
{
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as a template"));
    dialog->setLabelText(tr("Name of the template, which is kept in this case (one that is there is replaced):"));
    connect(dialog, &QInputDialog::textValueSelected, this, &SqlConsoleWindow::saveTemplate);
    dialog->open();
}

void SqlConsoleWindow::saveTemplate(const QString &name)
{
    if (name.trimmed().isEmpty()) {
        return;
    }
    store::Document document;
    document.kind = QLatin1String(sqlTemplateKind);
    document.id = store::Documents::makeId();
    document.name = name.trimmed();
    document.body = m_edit->toPlainText().toUtf8();
    std::optional<SqlTemplate> before;
    for (const SqlTemplate &one : m_own) {
        if (one.title == document.name) {
            document.id = one.id;
            before = one;
        }
    }
    whenFinished(m_documents.save(document, true), this, [this, name, before](const event::Status &status) {
        if (!status) {
            showStatus(Tone::Bad, status.error().sentence);
            return;
        }
        m_before = before ? before : m_before;
        showStatus(Tone::Good,
            (before ? tr("The template \u201c%1\u201d was replaced. The Templates menu can bring back what it was.")
                    : tr("Saved as the template \u201c%1\u201d."))
                .arg(singleLine(name, 80)));
    });
}

void SqlConsoleWindow::remember(const QString &sql)
{
    m_history.removeAll(sql);
    m_history.prepend(sql);
    if (m_history.size() > historyLength) {
        m_history.resize(historyLength);
    }
    QSettings().setValue("sql/history", m_history);
}

void SqlConsoleWindow::fillHistory()
{
    m_historyMenu->clear();
    for (const QString &sql : m_history) {
        QAction *action = m_historyMenu->addAction(actionText(singleLine(sql.simplified(), historyCaption)));
        connect(action, &QAction::triggered, this, [this, sql] { load({{}, {}, {}, sql, false}); });
    }
    if (m_history.isEmpty()) {
        m_historyMenu->addAction(tr("Nothing was run yet"))->setEnabled(false);
        return;
    }
    m_historyMenu->addSeparator();
    connect(m_historyMenu->addAction(icon(u"trash"), tr("&Forget all")), &QAction::triggered, this, [this] {
        m_history.clear();
        QSettings().remove("sql/history");
    });
}

void SqlConsoleWindow::askForFile()
{
    auto *chooser = new QFileDialog(this, tr("Export the answer"), transferFolder(), tr("CSV (*.csv);;JSON (*.json)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(u"csv"_s);
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString &filter) {
        chooser->setDefaultSuffix(filter.contains(u"json"_s) ? u"json"_s : u"csv"_s);
    });
    chooser->selectFile(u"octotrail-sql-%1"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s)));
    connect(chooser, &QFileDialog::fileSelected, this, &SqlConsoleWindow::exportTo);
    chooser->open();
}

void SqlConsoleWindow::exportTo(const QString &file)
{
    if (m_ranSql.isEmpty()) {
        return;
    }
    rememberTransferFolder(file);
    const auto format
        = file.endsWith(u".json"_s, Qt::CaseInsensitive) ? exchange::TableFormat::Json : exchange::TableFormat::Csv;
    auto *job = TransferJob::exportAnswer(m_store, m_ranSql, format, file, this);
    auto *bar = new TransferBar(job, this);
    m_transfers->addWidget(bar);
    connect(job, &TransferJob::finished, this, [this, bar](const TransferJob::Outcome &outcome) {
        bar->hide();
        bar->deleteLater();
        showStatus(outcome.kind == TransferJob::Outcome::Kind::Done ? Tone::Good : Tone::Bad, outcome.sentence);
    });
    job->start();
}

void SqlConsoleWindow::closeEvent(QCloseEvent *event)
{
    cancel();
    QSettings().setValue("sql/geometry", saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace octotrail::ui
