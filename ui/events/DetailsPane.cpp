// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/events/DetailsPane.h"

#include "event/EventTypes.h"
#include "ui/annotations/AnnotationStrip.h"
#include "ui/details/JsonPane.h"
#include "ui/details/RelatedPane.h"
#include "ui/events/EventMarks.h"
#include "ui/events/FactsView.h"
#include "ui/models/JsonDocument.h"
#include "ui/models/JsonTreeModel.h"
#include "ui/profiles/ProfileLinks.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/HeadArea.h"
#include "ui/widgets/JsonTreeView.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/RawView.h"
#include "ui/widgets/StatePage.h"
#include "ui/widgets/WorkFinished.h"

#include <QApplication>
#include <QEvent>
#include <QFuture>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

/// What a worker has made of an event.
struct DetailsPane::Read
{
    event::Result<store::StoredEvent> event;
    JsonDocument document;
};

DetailsPane::DetailsPane(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_pages(new QStackedWidget(this))
    , m_empty(new StatePage(this))
    , m_mark(new QLabel(this))
    , m_title(new QLabel(this))
    , m_sentence(new QLabel(this))
    , m_description(new QLabel(this))
    , m_defects(new QLabel(this))
    , m_annotations(new AnnotationStrip(this))
    , m_links(new ProfileLinks(m_store, this))
    , m_tabs(new QTabWidget(this))
    , m_facts(new FactsView(this))
    , m_json(new JsonPane(this))
    , m_tree(m_json->tree())
    , m_raw(new RawView(this))
    , m_related(new RelatedPane(m_store, this))
{
    setObjectName(u"details"_s);
    setAccessibleName(tr("Event details"));
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    for (QLabel *label : {m_title, m_sentence, m_description, m_defects}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMinimumWidth(1);
    }
    m_title->setObjectName(u"detailsTitle"_s);
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_sentence->setObjectName(u"detailsSentence"_s);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_facts, tr("Summary"));
    m_tabs->addTab(m_json, tr("JSON"));
    m_tabs->addTab(m_raw, tr("Raw"));
    m_tabs->addTab(m_related, tr("Related"));
    m_tree->setColumnsOffered(true);
    m_description->setObjectName(u"detailsDescription"_s);
    m_description->setForegroundRole(QPalette::PlaceholderText);

    auto *head = new QHBoxLayout;
    head->setSpacing(metrics::Unit);
    head->addWidget(m_mark, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    auto *what = new QWidget;
    what->setBackgroundRole(QPalette::Base);
    auto *top = new QVBoxLayout(what);
    top->setContentsMargins(
        metrics::Unit + metrics::HalfUnit, metrics::Unit + metrics::HalfUnit, metrics::Unit, metrics::Unit);
    top->setSpacing(metrics::HalfUnit);
    top->addLayout(head);
    top->addWidget(m_sentence);
    top->addWidget(m_description);
    top->addWidget(m_defects);
    top->addWidget(m_annotations);
    top->addWidget(m_links);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    auto *area = new HeadArea(what, page);
    area->setObjectName(u"detailsHead"_s);
    area->viewport()->setBackgroundRole(QPalette::Base);
    m_tabs->setMinimumHeight(11 * metrics::Unit);
    layout->addWidget(area);
    layout->addWidget(m_tabs, 1);

    m_empty->setIcon(u"details");
    m_empty->setTitle(tr("No event chosen"));
    m_empty->setSentence({});
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins({});
    outer->addWidget(m_pages);

    connect(m_links, &ProfileLinks::profileRequested, this, &DetailsPane::profileRequested);
    connect(m_facts, &FactsView::filterRequested, this, &DetailsPane::filterRequested);
    connect(m_facts, &FactsView::entityRequested, this, &DetailsPane::entityRequested);
    connect(m_tree, &JsonTreeView::filterRequested, this, &DetailsPane::filterRequested);
    connect(m_tree, &JsonTreeView::narrowRequested, this, &DetailsPane::narrowRequested);
    connect(m_tree, &JsonTreeView::columnRequested, this, &DetailsPane::columnRequested);
    connect(m_related, &RelatedPane::eventRequested, this, &DetailsPane::eventRequested);
    connect(m_related, &RelatedPane::groupRequested, this, &DetailsPane::groupRequested);
    // Long enough for a key that is held down, too short to be noticed.
    m_delay.setSingleShot(true);
    m_delay.setInterval(std::chrono::milliseconds(40));
    connect(&m_delay, &QTimer::timeout, this, &DetailsPane::read);
}

DetailsPane::~DetailsPane() = default;

bool DetailsPane::findHere()
{
    const QWidget *focus = QApplication::focusWidget();
    if (!focus || !m_json->isAncestorOf(focus)) {
        return false;
    }
    m_json->focusSearch();
    return true;
}

int DetailsPane::currentTab() const
{
    return m_tabs->currentIndex();
}

void DetailsPane::setCurrentTab(int tab)
{
    m_tabs->setCurrentIndex(tab);
}

void DetailsPane::focusTabs()
{
    m_tabs->tabBar()->setFocus(Qt::ShortcutFocusReason);
}

void DetailsPane::showSeq(std::optional<store::Seq> seq)
{
    if (seq == m_wanted) {
        return;
    }
    m_wanted = seq;
    if (!seq) {
        m_delay.stop();
        m_event.reset();
        m_tree->jsonModel()->clear();
        m_raw->clear();
        m_related->setEvent(nullptr);
        m_empty->setTitle(tr("No event chosen"));
        m_empty->setSentence({});
        m_pages->setCurrentIndex(0);
        return;
    }
    m_delay.start();
}

void DetailsPane::read()
{
    if (!m_wanted || m_reading) {
        return; // take() comes back to it
    }
    m_reading = true;
    whenWorkFinished(m_store->event(*m_wanted), this, &DetailsPane::prepare, [this, seq = *m_wanted](Read done) {
        m_reading = false;
        take(seq, std::move(done));
    });
}

DetailsPane::Read DetailsPane::prepare(const event::Result<store::StoredEvent> &result)
{
    return {result, result ? JsonDocument::read(result->event.bytes()) : JsonDocument()};
}

void DetailsPane::take(store::Seq seq, Read done)
{
    if (!m_wanted) {
        return;
    }
    if (seq != *m_wanted) {
        read(); // another one was asked for meanwhile
        return;
    }
    if (!done.event) {
        m_event.reset();
        m_empty->setTitle(tr("This event could not be read"));
        m_empty->setSentence(done.event.error().sentence);
        m_pages->setCurrentIndex(0);
        return;
    }
    m_event = std::move(*done.event);
    m_tree->jsonModel()->setDocument(done.document.tree);
    m_tree->openUsual();
    m_raw->setDocument(std::move(done.document));
    showSummary();
    m_annotations->setSeq(m_event->seq);
    m_related->setEvent(&*m_event);
    m_links->setEvent(&m_event->event);
    m_pages->setCurrentIndex(1);
    Q_EMIT eventShown();
}

void DetailsPane::showSummary()
{
    if (!m_event) {
        return;
    }
    QString source;
    for (const store::SourceConfig &config : m_sources) {
        if (config.id == m_event->source) {
            source = config.name;
        }
    }
    const EventSummary summary = summarize(m_event->event, source, m_time);
    m_title->setText(summary.title);
    m_sentence->setText(summary.sentence);
    const QString description = event::eventTypeDescription(summary.eventType.toStdString());
    m_description->setText(description.isEmpty() ? QString() : summary.eventType + u": "_s + description);
    m_description->setVisible(!description.isEmpty());
    const EventMark mark = outcomeMark(summary.outcome);
    const QSize size(metrics::IconSize + metrics::HalfUnit, metrics::IconSize + metrics::HalfUnit);
    m_mark->setPixmap(markIcon(mark).pixmap(size, devicePixelRatioF()));
    m_mark->setAccessibleName(summary.outcome.isEmpty() ? tr("No outcome") : tr("Outcome %1").arg(summary.outcome));
    m_defects->setVisible(!summary.defects.isEmpty());
    m_defects->setText(tr("Parts of this event could not be read: %1").arg(summary.defects));
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, toneColor(Tone::Warning, palette()));
    m_defects->setPalette(warning);
    m_facts->setGroups(summary.groups);
    setAccessibleDescription(summary.sentence);
}

void DetailsPane::setAnnotations(const AnnotationBook &book)
{
    m_annotations->setBook(&book);
    connect(m_annotations, &AnnotationStrip::tagRequested, this,
        [this](const QString &tag) { Q_EMIT filterRequested(QStringLiteral("annotation.tag"), tag, false); });
}

void DetailsPane::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_related->setTimeDisplay(time);
    showSummary();
}

void DetailsPane::setSourceNames(const std::vector<store::SourceConfig> &sources)
{
    m_sources = sources;
    showSummary();
}

void DetailsPane::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        showSummary();
    }
}

} // namespace octotrail::ui
