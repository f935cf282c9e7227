// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/detections/RulePane.h"

#include "detect/OwnRules.h"
#include "detect/RuleTester.h"
#include "detect/panther/PantherFolder.h"
#include "ui/detections/RuleLook.h"
#include "ui/detections/RuleText.h"
#include "ui/models/TimeDisplay.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/WhenFinished.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>
#include <QtConcurrentRun>
#include <algorithm>
#include <chrono>

namespace octotrail::ui {

namespace {

/// Text of a file, which is shown as it is.
QString escaped(const QString &text)
{
    return text.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"));
}

QString paragraph(const QString &heading, const QString &text)
{
    return text.isEmpty() ? QString()
                          : QStringLiteral("<h4>%1</h4><p>%2</p>").arg(heading.toHtmlEscaped(), escaped(text));
}

QString list(const QString &heading, const QStringList &items, bool isOrdered = false)
{
    if (items.isEmpty()) {
        return {};
    }
    QString html = QStringLiteral("<h4>%1</h4>").arg(heading.toHtmlEscaped());
    html += isOrdered ? QStringLiteral("<ol>") : QStringLiteral("<ul>");
    for (const QString &item : items) {
        html += QStringLiteral("<li>%1</li>").arg(escaped(item));
    }
    return html + (isOrdered ? QStringLiteral("</ol>") : QStringLiteral("</ul>"));
}

/// Where the files are in a folder that stands above them.
QStringList textsOf(std::vector<detect::Problem> problems, const QString &folder)
{
    QStringList texts;
    for (detect::Problem &problem : problems) {
        if (problem.file.startsWith(folder + u'/')) {
            problem.file.remove(0, folder.size() + 1);
        }
        texts.append(problem.text());
    }
    return texts;
}

bool hasPythonTests(const detect::Rule &rule)
{
    const auto &rules = rule.python()->folder->rules;
    const auto found = std::ranges::find(rules, rule.id, &detect::panther::Rule::id);
    return found != rules.end() && !found->tests().isEmpty();
}

constexpr std::chrono::milliseconds pauseBeforeProcess{300};

} // namespace

RulePane::RulePane(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_text(new QTextBrowser(this))
    , m_bar(new QWidget(this))
    , m_days(new QComboBox(this))
    , m_run(new QPushButton(tr("&Back-test"), this))
    , m_events(new QPushButton(tr("Show e&vents"), this))
    , m_progress(new QProgressBar(this))
    , m_outcome(new QLabel(this))
{
    m_text->setOpenLinks(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setAccessibleName(tr("The rule"));
    m_text->document()->setDocumentMargin(2 * metrics::Unit);
    for (const auto &[days, text] : {std::pair(7, tr("7 days")), std::pair(30, tr("30 days")),
             std::pair(90, tr("90 days")), std::pair(0, tr("All that is stored"))}) {
        m_days->addItem(text, days);
    }
    m_days->setCurrentIndex(2);
    m_days->setAccessibleName(tr("How far back"));
    m_run->setToolTip(tr("Asks the store what the rule would have done. Nothing is changed."));
    m_progress->setRange(0, 0);
    m_progress->setMaximumWidth(12 * metrics::Unit);
    m_progress->hide();
    m_events->hide();
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setWordWrap(true);
    m_outcome->hide();
    auto *bar = new QVBoxLayout(m_bar);
    bar->setContentsMargins(2 * metrics::Unit, metrics::Unit, 2 * metrics::Unit, metrics::Unit);
    bar->setSpacing(metrics::Unit);
    auto *row = new QHBoxLayout;
    row->addWidget(m_run);
    row->addWidget(m_days);
    row->addWidget(m_progress);
    row->addStretch();
    row->addWidget(m_events);
    bar->addLayout(row);
    bar->addWidget(m_outcome);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_bar);
    connect(m_run, &QPushButton::clicked, this, &RulePane::startBackTest);
    connect(m_events, &QPushButton::clicked, this, &RulePane::requestEvents);
    showNothing();
}

RulePane::~RulePane()
{
    stopBackTest();
}

void RulePane::stopBackTest()
{
    m_stop.request_stop();
    m_stop = {};
    ++m_job;
    m_progress->hide();
    m_events->hide();
    m_outcome->hide();
    m_outcome->clear();
}

void RulePane::showNothing()
{
    stopBackTest();
    m_rule.reset();
    m_bar->hide();
    m_text->setHtml(QStringLiteral("<p>%1</p>").arg(tr("Choose a rule to see what it looks for.").toHtmlEscaped()));
}

void RulePane::showPack(const detect::Pack &pack)
{
    stopBackTest();
    m_rule.reset();
    m_bar->hide();
    m_text->setHtml(QStringLiteral("<h3>%1</h3>").arg(escaped(pack.title))
        + QStringLiteral("<p>%1</p>").arg(escaped(pack.description)) + paragraph(tr("Folder"), pack.folder)
        + list(tr("Could not be loaded"), textsOf(pack.set.problems, pack.folder))
        + list(tr("Not run here"), textsOf(pack.set.leftOut, pack.folder)));
}

void RulePane::showBroken(const QString &title, const QString &place, const QStringList &reasons)
{
    stopBackTest();
    m_rule.reset();
    m_bar->hide();
    m_text->setHtml(QStringLiteral("<h3>%1</h3>").arg(escaped(title))
        + QStringLiteral("<p>%1</p>").arg(escaped(tr("This rule cannot be used. It does not run until it is mended.")))
        + list(tr("What is wrong"), reasons) + paragraph(tr("File"), place));
}

void RulePane::showRule(const std::shared_ptr<const std::vector<detect::Pack>> &packs, const detect::Pack &pack,
    const detect::RulePtr &rule)
{
    stopBackTest();
    m_packs = packs;
    m_pack = &pack;
    m_rule = rule;
    const bool hasTests = rule->python() ? hasPythonTests(*rule) : !rule->tests.empty();
    m_tests = hasTests ? QString() : tr("None");
    m_noise.reset();
    m_noiseDays = 0;
    showText();
    m_bar->show();
    if (hasTests && !rule->python()) {
        runTests();
    } else if (hasTests) {
        // Not a process for each rule that somebody passes on the way down a list.
        QTimer::singleShot(pauseBeforeProcess, this, [this, job = m_job] {
            if (job == m_job) {
                runTests();
            }
        });
    }
}

void RulePane::runTests()
{
    const auto run = [packs = m_packs, pack = m_pack, rule = m_rule] { return detect::runNamedTests(pack->set, rule); };
    whenFinished(QtConcurrent::run(run), this, [this, job = m_job](const std::vector<detect::NamedOutcome> &outcomes) {
        if (job != m_job) {
            return;
        }
        QStringList names;
        qsizetype failed = 0;
        for (const detect::NamedOutcome &outcome : outcomes) {
            failed += outcome.passed ? 0 : 1;
            names.append(outcome.passed          ? tr("Passes: %1").arg(outcome.name)
                    : outcome.sentence.isEmpty() ? tr("Fails: %1").arg(outcome.name)
                                                 : tr("Fails: %1. %2").arg(outcome.name, outcome.sentence));
        }
        const int count = static_cast<int>(outcomes.size());
        m_tests = (failed == 0 ? tr("All tests of the rule pass: %1.").arg(count)
                               : tr("%1 of %2 tests fail.").arg(failed).arg(count))
            + u'\n' + names.join(u'\n');
        showText();
    });
}

void RulePane::setNoise(const std::optional<detect::AlertSeries> &noise, int days)
{
    if (m_rule && (noise != m_noise || days != m_noiseDays)) {
        m_noise = noise;
        m_noiseDays = days;
        showText();
    }
}

void RulePane::showText()
{
    const detect::Rule &rule = *m_rule;
    QString facts = ruleLook(rule.level).word;
    for (const QString &tag : rule.tags) {
        facts += QStringLiteral("  ·  ") + tagText(tag);
    }
    QString noise;
    if (m_noiseDays > 0 && !m_noise) {
        noise = m_noiseDays == 1 ? tr("No alerts in a day.") : tr("No alerts in %1 days.").arg(m_noiseDays);
    } else if (m_noise) {
        const QLocale locale;
        // What only records is told by the number of its records.
        const bool isRecord = m_noise->total == 0 && m_noise->recorded > 0;
        const std::int64_t count = isRecord ? m_noise->recorded : m_noise->total;
        const QString counted = !isRecord ? alertCount(count)
            : count == 1                  ? tr("Recorded once")
                                          : tr("Recorded %1 times").arg(locale.toString(qint64{count}));
        noise = (m_noiseDays == 1 ? tr("%1 in %2 day: %3 a day. Last fired %4.")
                                  : tr("%1 in %2 days: %3 a day. Last fired %4."))
                    .arg(counted)
                    .arg(m_noiseDays)
                    .arg(locale.toString(static_cast<double>(count) / m_noiseDays, 'f', 2),
                        m_noise->last ? TimeDisplay().full(*m_noise->last) : tr("never"));
        const auto share = m_noise->falsePositiveShare();
        noise += u'\n'
            + (share ? tr("False positives: %1 % of what was judged (%2).")
                           .arg(qRound(*share * 100))
                           .arg(alertCount(m_noise->judged))
                     : tr("None of them was judged yet."));
    }
    const int scroll = m_text->verticalScrollBar()->value();
    m_text->setHtml(QStringLiteral("<h3>%1</h3><p>%2</p><p>%3</p>")
                        .arg(escaped(rule.title), escaped(facts), escaped(rule.description))
        + paragraph(tr("Noise"), noise) + list(tr("What to do"), rule.response, true)
        + list(tr("False positives"), rule.falsePositives)
        + QStringLiteral("<h4>%1</h4><pre style='white-space: pre-wrap'>%2</pre>")
              .arg(tr("Looks for").toHtmlEscaped(), escaped(conditionText(*m_pack, rule)))
        + list(tr("References"), rule.references) + paragraph(tr("Tests"), m_tests)
        + paragraph(tr("File"), detect::ownDocument(rule.file) ? tr("In the case") : rule.file));
    m_text->verticalScrollBar()->setValue(scroll);
}

QString RulePane::result() const
{
    return m_outcome->text();
}

void RulePane::setSpan(int days)
{
    m_days->setCurrentIndex(m_days->findData(days));
}

void RulePane::startBackTest()
{
    if (!m_rule) {
        return;
    }
    stopBackTest();
    m_progress->show();
    const int days = m_days->currentData().toInt();
    event::TimeRange range;
    if (days > 0) {
        range.since = event::now() - std::chrono::days(days);
    }
    const auto test
        = [store = m_store, packs = m_packs, pack = m_pack, rule = m_rule, range, stop = m_stop.get_token()] {
              return detect::BackTest(store).run(pack->set, rule, range, stop);
          };
    whenFinished(
        QtConcurrent::run(test), this, [this, job = m_job, days](const event::Result<detect::BackTestResult> &result) {
            if (job == m_job) {
                showResult(result, days);
            }
        });
}

void RulePane::showResult(const event::Result<detect::BackTestResult> &result, int days)
{
    m_progress->hide();
    m_outcome->show();
    if (!result) {
        m_outcome->setText(result.error().sentence);
        return;
    }
    m_result = *result;
    m_testedDays = days;
    m_outcome->setText(firedText(result->matches, result->alerts, days));
    m_events->setVisible(result->matches > 0);
}

void RulePane::requestEvents()
{
    if (m_rule->expression()) {
        Q_EMIT eventsRequested(QString::fromStdString(m_rule->expression()->toString()), m_testedDays);
        return;
    }
    QStringList quoted;
    for (const std::string &uuid : m_result.uuids) {
        quoted.append(QString::fromStdString(event::quoteJson(uuid)));
    }
    Q_EMIT eventsRequested(QStringLiteral("uuid in (%1)").arg(quoted.join(QStringLiteral(", "))), m_testedDays);
}

} // namespace octotrail::ui
