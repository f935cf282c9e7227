// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/AlertPane.h"

#include "filter/Expression.h"
#include "ui/alerts/AlertEventsModel.h"
#include "ui/alerts/AlertLook.h"
#include "ui/models/JsonDocument.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/sources/StatusIcon.h"
#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/JsonTreeView.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t actorsInOverview = 10; // the tip of the actor above names more

enum Fact { RuleFact, ActorFact, SourceFact, TimeFact, MatchesFact, AssigneeFact };

QPlainTextEdit *readOnlyText(QWidget *parent)
{
    auto *text = new QPlainTextEdit(parent);
    text->setReadOnly(true);
    text->setFrameShape(QFrame::NoFrame);
    text->setTabChangesFocus(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    text->document()->setDocumentMargin(metrics::Unit + metrics::HalfUnit);
    return text;
}

QString orDash(const QString &text)
{
    return text.isEmpty() ? u"\u2013"_s : text;
}

} // namespace

AlertPane::AlertPane(std::shared_ptr<store::Store> store, store::Alerts &alerts, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_alerts(alerts)
    , m_content(new QWidget(this))
    , m_icon(new StatusIcon(m_content))
    , m_severity(new ToneLabel(m_content))
    , m_state(new ToneLabel(m_content, Tone::Muted))
    , m_title(new ToneLabel(m_content))
    , m_facts(new QFormLayout)
    , m_tabs(new QTabWidget(m_content))
    , m_overview(readOnlyText(m_tabs))
    , m_eventsModel(new AlertEventsModel(m_store, this))
    , m_context(new JsonTreeView(m_tabs))
{
    setAccessibleName(tr("Alert details"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    build();
    showContent(false);
    connect(&m_alerts, &store::Alerts::changed, this, [this](const store::AlertChange &change) {
        const auto holds
            = [this](const std::vector<store::AlertId> &ids) { return std::ranges::find(ids, m_id) != ids.end(); };
        if (m_id != 0 && (holds(change.updated) || holds(change.removed))) {
            read();
        }
    });
    connect(m_eventsModel, &AlertEventsModel::loaded, this, &AlertPane::update);
}

void AlertPane::build()
{
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_title->setObjectName(u"alertTitle"_s);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_severity->setFont(scaledFont(TextSize::Body, QFont::DemiBold));
    m_severity->setWordWrap(false);
    m_severity->setObjectName(u"alertSeverity"_s);
    m_state->setWordWrap(false);
    m_state->setObjectName(u"alertState"_s);
    m_icon->setFixedSize(2 * metrics::Unit, 2 * metrics::Unit);
    m_facts->setContentsMargins({});
    m_facts->setHorizontalSpacing(metrics::Unit + metrics::HalfUnit);
    m_facts->setVerticalSpacing(metrics::HalfUnit);
    m_facts->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_facts->setLabelAlignment(Qt::AlignLeft);
    for (const QString &name : {tr("Rule"), tr("Actor"), tr("Source"), tr("Time"), tr("Count"), tr("Assignee")}) {
        auto *label = new ToneLabel(m_content, Tone::Muted);
        label->setText(name);
        label->setWordWrap(false);
        auto *value = new ToneLabel(m_content);
        value->setTextInteractionFlags(Qt::TextSelectableByMouse);
        value->setMinimumWidth(1);
        m_facts->addRow(label, value);
    }
    auto *marks = new QHBoxLayout;
    marks->setSpacing(metrics::HalfUnit + 2);
    marks->addWidget(m_icon);
    marks->addWidget(m_severity);
    marks->addWidget(m_state);
    marks->addStretch();
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::Unit + metrics::HalfUnit, metrics::Unit + metrics::HalfUnit,
        metrics::Unit + metrics::HalfUnit, metrics::Unit);
    head->setSpacing(metrics::Unit);
    head->addLayout(marks);
    head->addWidget(m_title);
    head->addLayout(m_facts);

    m_overview->setObjectName(u"alertOverview"_s);
    m_overview->setAccessibleName(tr("What it says and what to do"));
    m_context->setAccessibleName(tr("Context"));
    m_tabs->setDocumentMode(true);
    m_tabs->setObjectName(u"alertTabs"_s);
    m_tabs->addTab(m_overview, tr("Overview"));
    m_tabs->addTab(makeEvents(), tr("Events"));
    m_tabs->addTab(m_context, tr("Context"));
    m_tabs->addTab(makeNotes(), tr("Notes"));
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_tabs, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_content);
    m_hint = new QLabel(tr("Choose an alert to see what it means and what to do."), this);
    m_hint->setObjectName(u"alertHint"_s);
    m_hint->setAlignment(Qt::AlignCenter);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(m_hint);
}

QWidget *AlertPane::makeEvents()
{
    auto *page = new QWidget(m_tabs);
    m_events = new QTableView(page);
    m_events->setObjectName(u"alertEvents"_s);
    m_events->setAccessibleName(tr("Events of the alert"));
    m_events->setModel(m_eventsModel);
    m_events->setShowGrid(false);
    m_events->setWordWrap(false);
    m_events->setFrameShape(QFrame::NoFrame);
    m_events->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_events->setTabKeyNavigation(false);
    m_events->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_events->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_events->verticalHeader()->hide();
    m_events->verticalHeader()->setMinimumSectionSize(metrics::RowHeight);
    m_events->verticalHeader()->setDefaultSectionSize(metrics::RowHeight);
    m_events->horizontalHeader()->setHighlightSections(false);
    m_events->horizontalHeader()->setStretchLastSection(true);
    m_events->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const QList<int> widths{184, 160, 168, 160, 104, 120};
    for (int column = 0; column < widths.size(); ++column) {
        m_events->horizontalHeader()->resizeSection(column, widths[column]);
    }
    m_eventCount = new QLabel(page);
    m_eventCount->setMinimumWidth(1);
    m_eventCount->setTextFormat(Qt::PlainText);
    m_eventCount->setForegroundRole(QPalette::PlaceholderText);
    m_showEvents = new QPushButton(icon(u"events"), tr("Show in &Events"), page);
    m_showEvents->setObjectName(u"showInEvents"_s);
    const auto show = [this] {
        if (m_details) {
            Q_EMIT eventsRequested(eventFilter(*m_details));
        }
    };
    connect(m_showEvents, &QPushButton::clicked, this, show);
    connect(m_events, &QTableView::activated, this, show);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit + metrics::HalfUnit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    bar->addWidget(m_eventCount, 1);
    bar->addWidget(m_showEvents);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_events, 1);
    return page;
}

QWidget *AlertPane::makeNotes()
{
    auto *page = new QWidget(m_tabs);
    m_notes = readOnlyText(page);
    m_notes->setObjectName(u"alertNotes"_s);
    m_notes->setAccessibleName(tr("Notes"));
    m_note = new QLineEdit(page);
    m_note->setObjectName(u"noteEdit"_s);
    m_note->setAccessibleName(tr("New note"));
    m_note->setPlaceholderText(tr("Write a note"));
    m_note->setMaxLength(10'000);
    m_addNote = new QPushButton(tr("&Add note"), page);
    m_addNote->setObjectName(u"addNote"_s);
    m_addNote->setEnabled(false);
    connect(m_note, &QLineEdit::textChanged, this,
        [this](const QString &text) { m_addNote->setEnabled(!text.trimmed().isEmpty()); });
    connect(m_note, &QLineEdit::returnPressed, this, &AlertPane::addNote);
    connect(m_addNote, &QPushButton::clicked, this, &AlertPane::addNote);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::Unit);
    bar->addWidget(m_note, 1);
    bar->addWidget(m_addNote);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_notes, 1);
    layout->addLayout(bar);
    return page;
}

void AlertPane::showAlert(store::AlertId id)
{
    if (id == m_id) {
        return;
    }
    m_id = id;
    m_note->clear();
    if (id == 0) {
        ++m_job;
        m_details.reset();
        showContent(false);
        return;
    }
    read();
}

void AlertPane::read()
{
    whenFinished(m_alerts.alert(m_id), this, [this, job = ++m_job](event::Result<store::AlertDetails> details) {
        if (job != m_job) {
            return;
        }
        if (!details) {
            m_details.reset();
            showContent(false);
            if (details.error().kind != event::ErrorKind::NotFound) {
                Q_EMIT failed(details.error().sentence);
            }
            return;
        }
        const bool isOther = !m_details || m_details->alert.id != details->alert.id;
        m_details = std::move(*details);
        m_eventsModel->setEvents(m_details->seqs);
        if (isOther) {
            const QString context = m_details->alert.context;
            m_context->jsonModel()->clear();
            whenFinished(QtConcurrent::run(&JsonDocument::read, context.toStdString()), this,
                [this, job](const JsonDocument &document) {
                    if (job == m_job) {
                        m_context->jsonModel()->setDocument(document.tree);
                        m_context->openUsual();
                    }
                });
        }
        update();
        showContent(true);
        Q_EMIT shown();
    });
}

void AlertPane::showContent(bool show)
{
    m_content->setVisible(show);
    m_hint->setVisible(!show);
}

void AlertPane::setSourceName(const QString &name)
{
    m_sourceName = name;
    update();
}

void AlertPane::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_eventsModel->setTimeDisplay(time);
    update();
}

void AlertPane::setFact(int fact, const QString &value, const QString &whole)
{
    auto *label = static_cast<QLabel *>(m_facts->itemAt(fact, QFormLayout::FieldRole)->widget());
    label->setText(value);
    label->setToolTip(whole.isEmpty() ? QString() : ui::toolTip(whole));
}

void AlertPane::update()
{
    if (!m_details) {
        return;
    }
    const store::Alert &alert = m_details->alert;
    const AlertLook severity = alertLook(alert.severity);
    const AlertLook state = alertLook(alert.state);
    m_icon->setIcon(severity.iconName, severity.tone);
    m_severity->setText(severity.word);
    m_severity->setTone(severity.tone);
    m_state->setText(u"\u00b7 "_s + state.word);
    m_title->setText(multiLine(alert.title, 1000));
    const QLocale locale;
    setFact(RuleFact, singleLine(alert.ruleTitle, 200), alert.ruleId);
    setFact(ActorFact,
        alert.actorCount > 1
            ? tr("%1 and %2 more").arg(singleLine(alert.actor, 200), locale.toString(qint64{alert.actorCount - 1}))
            : orDash(singleLine(alert.actor, 200)),
        alert.actorCount > 1 ? actorsInFull(alert, store::mostAlertActors) : QString());
    setFact(SourceFact, orDash(singleLine(m_sourceName, 200)));
    const QString first = m_time.seconds(alert.first);
    const QString last = m_time.seconds(alert.last);
    setFact(TimeFact, first == last ? first : tr("%1 to %2").arg(first, last),
        m_time.full(alert.first) + u" \u2013 "_s + m_time.full(alert.last));
    const QString events = locale.toString(static_cast<qint64>(alert.events));
    const QString matches = locale.toString(static_cast<qint64>(alert.matches));
    setFact(MatchesFact,
        alert.matches == 1 ? (alert.events == 1 ? tr("1 match, 1 event") : tr("1 match, %1 events").arg(events))
                           : tr("%1 matches, %2 events").arg(matches, events));
    setFact(AssigneeFact, orDash(singleLine(alert.assignee, 200)));
    if (const QString text = overview(); text != m_overview->toPlainText()) {
        m_overview->setPlainText(text);
    }
    if (const QString text = notes(); text != m_notes->toPlainText()) {
        m_notes->setPlainText(text);
        m_notes->moveCursor(QTextCursor::End);
    }
    m_tabs->setTabText(Events,
        alert.events == 0 ? tr("Events") : tr("Events (%1)").arg(locale.toString(static_cast<qint64>(alert.events))));
    m_tabs->setTabText(Notes, m_details->notes.empty() ? tr("Notes") : tr("Notes (%1)").arg(m_details->notes.size()));
    const auto there = static_cast<qint64>(m_details->seqs.size());
    const auto gone = static_cast<qint64>(m_details->uuids.size()) - there;
    QString count = !m_eventsModel->failure().isEmpty() ? m_eventsModel->failure()
        : m_details->uuids.empty()                      ? tr("This alert is not about events.")
        : there > static_cast<qint64>(AlertEventsModel::most)
        ? tr("The first %1 of %2 events")
              .arg(locale.toString(static_cast<qint64>(AlertEventsModel::most)), locale.toString(there))
        : there == 1 ? tr("1 event")
                     : tr("%1 events").arg(locale.toString(there));
    if (gone > 0) {
        count += tr("; %1 are not in the store any more").arg(locale.toString(gone));
    }
    m_eventCount->setText(count);
    m_showEvents->setEnabled(there > 0);
}

/// What the rule says, in paragraphs under short headings.
QString AlertPane::overview() const
{
    const store::Alert &alert = m_details->alert;
    QStringList parts;
    const auto add = [&](const QString &heading, const QString &text) {
        if (!text.trimmed().isEmpty()) {
            parts << heading.toUpper() + u'\n' + multiLine(text.trimmed(), 64 * 1024);
        }
    };
    if (alert.state == store::AlertState::Recorded) {
        add(tr("Recorded"),
            tr("The rule asks for no work: what it finds is kept to be looked at, and calls nobody. Acknowledge or "
               "reopen it to work on it."));
    }
    add(tr("What it means"), alert.description);
    QStringList steps = alert.runbook.split(u'\n', Qt::SkipEmptyParts);
    if (steps.size() > 1) {
        for (int i = 0; i < steps.size(); ++i) {
            steps[i] = u"%1. %2"_s.arg(i + 1).arg(steps[i].trimmed());
        }
    }
    add(tr("What to do"), steps.join(u'\n'));
    if (alert.actorCount > 1) {
        add(tr("Who did its events"), actorsInFull(alert, actorsInOverview));
    }
    QStringList tags;
    for (const QString &tag : alert.tags) {
        tags << tagText(tag);
    }
    add(tr("MITRE ATT&CK and tags"), tags.join(u", "_s));
    add(tr("References"), alert.reference);
    add(tr("Rule"), alert.ruleTitle + u"\n"_s + alert.ruleId);
    add(tr("Grouped by"), alert.dedupKey);
    return parts.join(u"\n\n"_s);
}

QString AlertPane::notes() const
{
    QStringList lines;
    for (const store::AlertNote &note : m_details->notes) {
        QString text;
        switch (note.kind) {
        case store::AlertNote::Kind::Note:
            text = multiLine(note.text, 10'000);
            break;
        case store::AlertNote::Kind::State:
            text = tr("State: %1").arg(alertLook(note.state).word);
            break;
        case store::AlertNote::Kind::Assignee:
            text
                = note.text.isEmpty() ? tr("Assigned to nobody") : tr("Assigned to %1").arg(singleLine(note.text, 200));
            break;
        }
        lines << m_time.seconds(note.time) + u"  "_s + text;
    }
    return lines.isEmpty() ? tr("No notes yet.") : lines.join(u'\n');
}

void AlertPane::addNote()
{
    const QString text = m_note->text().trimmed();
    if (text.isEmpty() || m_id == 0) {
        return;
    }
    m_note->clear();
    whenFinished(m_alerts.addNote({m_id}, text), this, [this, text](const event::Status &status) {
        if (!status) {
            m_note->setText(text);
            Q_EMIT failed(status.error().sentence);
        }
    });
}

void AlertPane::writeNote()
{
    m_tabs->setCurrentIndex(Notes);
    m_note->setFocus(Qt::OtherFocusReason);
}

int AlertPane::currentTab() const
{
    return m_tabs->currentIndex();
}

void AlertPane::setCurrentTab(int tab)
{
    m_tabs->setCurrentIndex(std::clamp(tab, 0, m_tabs->count() - 1));
}

QString AlertPane::eventFilter(const store::AlertDetails &details)
{
    if (details.seqs.empty()) {
        return {};
    }
    if (details.uuids.size() == 1) {
        return QString::fromStdString(filter::comparisonText("uuid", filter::Operator::Eq, details.uuids.front()));
    }
    filter::Comparison comparison;
    comparison.path = event::FieldPath("uuid");
    comparison.op = filter::Operator::In;
    // Of a great many the last ones: they are what happens now.
    const std::size_t first = details.uuids.size() > mostFiltered ? details.uuids.size() - mostFiltered : 0;
    for (std::size_t i = first; i < details.uuids.size(); ++i) {
        comparison.literals.emplace_back(details.uuids[i]);
    }
    return QString::fromStdString(
        filter::Expression(std::make_shared<const filter::Node>(filter::Node{std::move(comparison)})).toString());
}

} // namespace octotrail::ui
