// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sql/PivotWindow.h"

#include "ui/events/CellMenu.h"
#include "ui/models/EventColumns.h"
#include "ui/models/FacetModel.h"
#include "ui/sql/AnswerTable.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/transfer/TransferBar.h"
#include "ui/transfer/TransferFolder.h"
#include "ui/widgets/FocusOrder.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WhenFinished.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int choiceWidth = 28 * metrics::Unit;

} // namespace

PivotWindow::PivotWindow(std::shared_ptr<store::Store> store, const EventResult &result, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_store(std::move(store))
    , m_result(result)
    , m_recount(result)
    , m_first(makeChoice(u"pivotFirst"_s, tr("Group by"), {}))
    , m_second(makeChoice(u"pivotSecond"_s, tr("Then by"), tr("nothing more")))
    , m_distinct(makeChoice(u"pivotDistinct"_s, tr("Count the different values of"), tr("nothing")))
    , m_table(new AnswerTable(&m_model, this))
    , m_pages(new QStackedWidget(this))
    , m_state(new StatePage(this))
    , m_status(new QLabel(this))
    , m_export(new QPushButton(icon(u"export"), tr("&Export\u2026"), this))
{
    setObjectName(u"pivot"_s);
    setWindowTitle(tr("Pivot \u2013 %1").arg(singleLine(QFileInfo(m_store->file()).completeBaseName(), 100)));
    resize(960, 640);
    m_table->setObjectName(u"pivotTable"_s);
    m_table->setAccessibleName(tr("Groups"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_status->setObjectName(u"pivotStatus"_s);
    m_status->setTextFormat(Qt::PlainText);
    m_export->setObjectName(u"exportPivot"_s);
    m_export->setToolTip(tr("Write all groups as CSV or JSON"));

    auto *choices = new QHBoxLayout;
    choices->setSpacing(metrics::Unit);
    const auto add = [&](const QString &caption, QComboBox *choice) {
        auto *label = new QLabel(caption, this);
        label->setBuddy(choice);
        choices->addWidget(label);
        choices->addWidget(choice, 1);
    };
    add(tr("&Group by"), m_first);
    add(tr("&then by"), m_second);
    add(tr("&different"), m_distinct);
    choices->addWidget(m_export);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    layout->setSpacing(metrics::Unit);
    layout->addLayout(choices);
    m_pages->addWidget(m_table);
    m_pages->addWidget(m_state);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_status);
    orderFocus(*this);

    const QSettings settings;
    restoreGeometry(settings.value("pivot/geometry").toByteArray());
    setPath(m_first, settings.value("pivot/first", u"actor.alternateId"_s).toString());
    setPath(m_second, settings.value("pivot/second", u"outcome.result"_s).toString());
    setPath(m_distinct, settings.value("pivot/distinct", u"client.ipAddress"_s).toString());
    for (QComboBox *choice : {m_first, m_second, m_distinct}) {
        connect(choice, &QComboBox::activated, this, [this] { m_recount.restart(); });
        connect(choice->lineEdit(), &QLineEdit::returnPressed, this, [this] { m_recount.restart(); });
    }
    connect(&m_recount, &Recount::due, this, &PivotWindow::count);
    connect(&m_recount, &Recount::outdated, this, [this] { showStatus(tr("The filter has changed\u2026")); });
    connect(m_table, &AnswerTable::opened, this, &PivotWindow::open);
    connect(m_export, &QPushButton::clicked, this, &PivotWindow::askForFile);
    m_export->setEnabled(false);
    m_state->setIcon(u"clock");
    m_state->setTitle(tr("Grouping"));
    m_state->setBusy(true);
    m_pages->setCurrentWidget(m_state);
}

PivotWindow::~PivotWindow() = default;

QComboBox *PivotWindow::makeChoice(const QString &name, const QString &accessibleName, const QString &none)
{
    auto *choice = new QComboBox(this);
    choice->setObjectName(name);
    choice->setAccessibleName(accessibleName);
    choice->setEditable(true);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->setMaxVisibleItems(20);
    choice->setMinimumWidth(choiceWidth / 2);
    choice->setMinimumContentsLength(14);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->completer()->setFilterMode(Qt::MatchContains);
    choice->completer()->setCompletionMode(QCompleter::PopupCompletion);
    choice->lineEdit()->setPlaceholderText(tr("a field or path"));
    if (!none.isEmpty()) {
        choice->addItem(none, QString());
    }
    for (const QString &path : countablePaths()) {
        if (path != u"uuid"_s && path != u"published"_s) {
            choice->addItem(FacetModel::caption(path), path);
            choice->setItemData(choice->count() - 1, path, Qt::ToolTipRole);
        }
    }
    choice->view()->setMinimumWidth(choiceWidth);
    return choice;
}

/// The field that is chosen, or the path that was typed.
QString PivotWindow::pathOf(const QComboBox *choice)
{
    const QString typed = choice->currentText().trimmed();
    const int index = choice->findText(typed, Qt::MatchFixedString);
    return index >= 0 ? choice->itemData(index).toString() : typed;
}

void PivotWindow::setPath(QComboBox *choice, const QString &path)
{
    const int index = choice->findData(path);
    if (index >= 0) {
        choice->setCurrentIndex(index);
    } else {
        choice->setEditText(path);
    }
}

void PivotWindow::setPaths(const QString &first, const QString &second, const QString &distinct)
{
    setPath(m_first, first);
    setPath(m_second, second);
    setPath(m_distinct, distinct);
    m_recount.restart();
}

QStringList PivotWindow::groupBy() const
{
    QStringList paths;
    for (const QComboBox *choice : {m_first, m_second}) {
        if (const QString path = pathOf(choice); !path.isEmpty() && !paths.contains(path)) {
            paths << path;
        }
    }
    return paths;
}

QString PivotWindow::status() const
{
    return m_status->text();
}

void PivotWindow::showStatus(const QString &text)
{
    m_status->setText(text);
}

void PivotWindow::count()
{
    store::PivotRequest request;
    request.query = m_result.query();
    for (const QString &path : groupBy()) {
        request.groupBy.push_back(path.toStdString());
    }
    request.distinctOf = pathOf(m_distinct).toStdString();
    const store::PivotRequest shown = request;
    request.seqs = m_recount.seqs();
    const Recount::Turn turn = m_recount.begin();
    m_counting = true;
    showStatus(tr("Grouping\u2026"));
    whenFinished(store::Pivot(*m_store).group(std::move(request), turn.stop), this,
        [this, number = turn.number, shown](const event::Result<store::PivotResult> &result) {
            if (m_recount.end(number)) {
                m_counting = false;
                m_shown = shown;
                take(result);
            }
        });
}

void PivotWindow::take(const event::Result<store::PivotResult> &result)
{
    m_state->setBusy(false);
    if (!result) {
        m_state->setIcon(u"error", Tone::Bad);
        m_state->setTitle(tr("The events cannot be grouped"));
        m_state->setSentence(multiLine(result.error().sentence, 1000));
        m_pages->setCurrentWidget(m_state);
        m_export->setEnabled(false);
        showStatus({});
        return;
    }
    m_model.setAnswer(std::make_shared<const store::SqlTable>(result->table));
    nameColumns();
    m_table->fitColumns();
    m_export->setEnabled(m_model.rowCount() > 0);
    if (m_model.rowCount() == 0) {
        m_state->setIcon(u"filter");
        m_state->setTitle(tr("No events"));
        m_state->setSentence(tr("No event matches the filter of the events view."));
        m_pages->setCurrentWidget(m_state);
        showStatus({});
        return;
    }
    m_pages->setCurrentWidget(m_table);
    const QLocale locale;
    showStatus(result->groups > m_model.rowCount()
            ? tr(
                "The largest %1 of %2 groups; Export writes all of them. Enter or a double-click narrows the filter to "
                "a group.")
                  .arg(locale.toString(m_model.rowCount()), locale.toString(qlonglong(result->groups)))
            : tr("%1 groups. Enter or a double-click narrows the filter to a group.")
                  .arg(locale.toString(m_model.rowCount())));
}

void PivotWindow::nameColumns()
{
    QStringList titles;
    QList<int> times;
    for (const std::string &path : m_shown.groupBy) {
        if (path == "published") {
            times << static_cast<int>(titles.size());
        }
        titles << FacetModel::caption(QString::fromStdString(path));
    }
    titles << tr("Events");
    if (!m_shown.distinctOf.empty()) {
        titles << tr("Different: %1").arg(FacetModel::caption(QString::fromStdString(m_shown.distinctOf)));
    }
    times << static_cast<int>(titles.size()) << static_cast<int>(titles.size()) + 1;
    titles << tr("First (%1)").arg(m_time.shortName()) << tr("Last (%1)").arg(m_time.shortName());
    m_model.setTitles(titles);
    m_model.setTimes(times, m_time);
}

void PivotWindow::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    if (m_model.columnCount() > 0) {
        nameColumns();
        m_table->horizontalHeader()->viewport()->update();
    }
}

void PivotWindow::open(const QModelIndex &index)
{
    QStringList comparisons;
    QString source;
    int column = 0;
    for (const std::string &path : m_shown.groupBy) {
        const QString value = m_model.text(index.siblingAtColumn(column++));
        if (path == "source") {
            source = value;
        } else {
            comparisons << comparisonFor(
                path == "target" ? u"target.alternateId"_s : QString::fromStdString(path), value, false);
        }
    }
    if (!comparisons.isEmpty()) {
        Q_EMIT narrowRequested(comparisons.join(u" and "_s));
    }
    if (!source.isEmpty()) {
        Q_EMIT sourceRequested(source);
    }
}

void PivotWindow::askForFile()
{
    auto *chooser = new QFileDialog(this, tr("Export the groups"), transferFolder(), tr("CSV (*.csv);;JSON (*.json)"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setDefaultSuffix(u"csv"_s);
    connect(chooser, &QFileDialog::filterSelected, chooser, [chooser](const QString &filter) {
        chooser->setDefaultSuffix(filter.contains(u"json"_s) ? u"json"_s : u"csv"_s);
    });
    chooser->selectFile(u"octotrail-pivot-%1"_s.arg(QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s)));
    connect(chooser, &QFileDialog::fileSelected, this, &PivotWindow::exportTo);
    chooser->open();
}

void PivotWindow::exportTo(const QString &file)
{
    rememberTransferFolder(file);
    const auto format
        = file.endsWith(u".json"_s, Qt::CaseInsensitive) ? exchange::TableFormat::Json : exchange::TableFormat::Csv;
    auto *job = TransferJob::exportGroups(m_store, m_shown, format, file, this);
    auto *bar = new TransferBar(job, this);
    layout()->addWidget(bar);
    connect(job, &TransferJob::finished, this, [this, bar](const TransferJob::Outcome &outcome) {
        bar->hide();
        bar->deleteLater();
        showStatus(outcome.sentence);
    });
    job->start();
}

void PivotWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_recount.setActive(true);
}

void PivotWindow::hideEvent(QHideEvent *event)
{
    m_recount.setActive(false);
    QSettings settings;
    settings.setValue("pivot/geometry", saveGeometry());
    settings.setValue("pivot/first", pathOf(m_first));
    settings.setValue("pivot/second", pathOf(m_second));
    settings.setValue("pivot/distinct", pathOf(m_distinct));
    QWidget::hideEvent(event);
}

} // namespace octotrail::ui
