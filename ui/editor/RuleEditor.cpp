// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/RuleEditor.h"

#include "ui/editor/BackTestPane.h"
#include "ui/editor/CheckPane.h"
#include "ui/editor/CodeEdit.h"
#include "ui/editor/RuleChecker.h"
#include "ui/editor/VersionsPane.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/FirstFocus.h"
#include "ui/widgets/PlainText.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace octotrail::ui {

using namespace Qt::StringLiterals;
using Format = detect::Rule::Format;

RuleEditor::RuleEditor(std::shared_ptr<store::Store> store, QWidget *parent)
    : QWidget(parent)
    , m_store(std::move(store))
    , m_documents(m_store)
    , m_checker(new RuleChecker(this))
    , m_title(new QLabel(this))
    , m_state(new QLabel(this))
    , m_banners(new BannerArea(this))
    , m_languages(new QTabBar(this))
    , m_codes(new QStackedWidget(this))
    , m_python(new CodeEdit(RuleLanguage::Python, this))
    , m_yaml(new CodeEdit(RuleLanguage::Sigma, this))
    , m_verdictIcon(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_place(new QLabel(this))
    , m_results(new QTabWidget(this))
    , m_check(new CheckPane(this))
    , m_backTest(new BackTestPane(m_store, this))
    , m_versions(new VersionsPane(this))
    , m_splitter(new QSplitter(this))
{
    makeActions();
    m_results->setDocumentMode(true);
    m_results->addTab(m_check, tr("&Check"));
    m_results->addTab(m_backTest, tr("Back-&test"));
    m_results->addTab(m_versions, tr("Vers&ions"));
    m_splitter->addWidget(makeCode());
    m_splitter->addWidget(m_results);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({720, 460});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_banners);
    layout->addWidget(m_splitter, 1);
    setFirstFocus(this, m_codes);
    connectParts();
}

RuleEditor::~RuleEditor() = default;

void RuleEditor::makeActions()
{
    const auto make = [this](QStringView look, const QString &text, const QKeySequence &key) {
        auto *action = new QAction(icon(look), text, this);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        addAction(action);
        return action;
    };
    m_actions.save = make(u"check", tr("&Save"), QKeySequence::Save);
    m_actions.backTest = make(u"history", tr("&Back-test"), QKeySequence(Qt::Key_F9));
    m_actions.exportRule = make(u"export", tr("&Export…"), {});
    m_actions.versions = make(u"history", tr("&Versions"), {});
    m_actions.goToProblem = make(u"arrow-down", tr("&Go to the problem"), QKeySequence(Qt::Key_F8));
    m_actions.close = make(u"arrow-left", tr("&All rules"), QKeySequence(u"Alt+Up"_s));
    connect(m_actions.save, &QAction::triggered, this, &RuleEditor::save);
    connect(m_actions.backTest, &QAction::triggered, this, [this] {
        m_results->setCurrentWidget(m_backTest);
        m_backTest->run();
    });
    connect(m_actions.goToProblem, &QAction::triggered, this, [this] {
        m_results->setCurrentWidget(m_check);
        if (m_worst.line > 0) {
            goTo(m_worst.isOfPython, m_worst.line);
        }
    });
    connect(m_actions.exportRule, &QAction::triggered, this, [this] { Q_EMIT exportRequested(draft()); });
    connect(m_actions.versions, &QAction::triggered, this, &RuleEditor::showVersions);
    connect(m_actions.close, &QAction::triggered, this, [this] { leave([this] { Q_EMIT closed(); }); });
}

QWidget *RuleEditor::makeHeader()
{
    auto *header = new QWidget(this);
    auto *row = new QHBoxLayout(header);
    row->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    const auto addButton = [&](QAction *action, Qt::ToolButtonStyle style) {
        auto *button = new QToolButton(header);
        button->setDefaultAction(action);
        button->setToolButtonStyle(style);
        row->addWidget(button);
    };
    addButton(m_actions.close, Qt::ToolButtonTextBesideIcon);
    m_title->setTextFormat(Qt::PlainText);
    m_title->setFont(scaledFont(TextSize::Title, QFont::DemiBold));
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_state->setTextFormat(Qt::PlainText);
    row->addSpacing(metrics::Unit);
    row->addWidget(m_title, 1);
    row->addWidget(m_state);
    row->addSpacing(metrics::Unit);
    addButton(m_actions.exportRule, Qt::ToolButtonTextBesideIcon);
    addButton(m_actions.backTest, Qt::ToolButtonTextBesideIcon);
    addButton(m_actions.save, Qt::ToolButtonTextBesideIcon);
    return header;
}

QWidget *RuleEditor::makeCode()
{
    auto *side = new QWidget(this);
    m_languages->addTab(tr("Python"));
    m_languages->addTab(tr("About the rule, and its tests (YAML)"));
    m_languages->setDrawBase(false);
    m_codes->addWidget(m_yaml);
    m_codes->addWidget(m_python);
    m_verdictIcon->setFixedSize(metrics::IconSize, metrics::IconSize);
    m_verdict->setTextFormat(Qt::PlainText);
    m_verdict->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setFont(scaledFont(TextSize::Small));
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    foot->setSpacing(metrics::Unit);
    foot->addWidget(m_verdictIcon);
    foot->addWidget(m_verdict, 1);
    foot->addWidget(m_place);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_languages);
    layout->addWidget(m_codes, 1);
    layout->addLayout(foot);
    return side;
}

void RuleEditor::connectParts()
{
    for (CodeEdit *code : {m_yaml, m_python}) {
        connect(code, &CodeEdit::textChanged, this, &RuleEditor::takeChange);
        connect(code, &CodeEdit::cursorMoved, this,
            [this](int line, int column) { m_place->setText(tr("Line %1, column %2").arg(line).arg(column)); });
    }
    connect(m_languages, &QTabBar::currentChanged, this, [this](int tab) { showCode(tab == 0); });
    connect(m_checker, &RuleChecker::started, m_check, &CheckPane::showBusy);
    connect(m_checker, &RuleChecker::checked, this, &RuleEditor::takeCheck);
    connect(m_check, &CheckPane::lineRequested, this, &RuleEditor::goTo);
    connect(m_backTest, &BackTestPane::figureChanged, m_check, &CheckPane::showFigure);
    connect(m_backTest, &BackTestPane::eventsRequested, this, &RuleEditor::eventsRequested);
    connect(m_versions, &VersionsPane::restoreRequested, this, [this](const detect::RuleDraft &draft) {
        m_yaml->replaceText(draft.yaml);
        if (m_format == Format::Panther) {
            m_python->replaceText(draft.python);
        }
    });
}

void RuleEditor::setHelpers(const detect::PythonHelpers &helpers)
{
    m_checker->setHelpers(helpers);
}

void RuleEditor::setTimeDisplay(const TimeDisplay &time)
{
    m_time = time;
    m_backTest->setTimeDisplay(time);
    m_versions->setTimeDisplay(time);
}

void RuleEditor::edit(const detect::RuleDraft &draft, const RuleOrigin &origin, bool isWorthKeeping)
{
    m_banners->remove(u"leave"_s);
    m_banners->remove(u"save"_s);
    m_banners->remove(u"unusable"_s);
    m_lastCheck.reset();
    m_then = nullptr;
    m_origin = origin;
    m_saved = draft;
    m_format = draft.format;
    m_isWorthKeeping = isWorthKeeping;
    m_savedAt.clear();
    m_ruleId.clear();
    const bool isPython = draft.format == Format::Panther;
    m_yaml->setLanguage(isPython ? RuleLanguage::PantherYaml : RuleLanguage::Sigma);
    m_yaml->setText(draft.yaml);
    m_python->setText(draft.python);
    m_saved = this->draft(); // as the editor gives it back
    m_languages->setVisible(isPython);
    m_languages->setCurrentIndex(isPython ? 0 : 1);
    showCode(isPython);
    m_backTest->setCheck(nullptr);
    m_results->setCurrentWidget(m_check);
    m_isChecked = false;
    m_verdictIcon->clear();
    m_verdict->setText({});
    m_versions->setDraft(m_saved);
    readVersions();
    updateState();
    m_checker->checkNow(m_saved);
}

detect::RuleDraft RuleEditor::draft() const
{
    detect::RuleDraft draft;
    draft.format = m_format;
    draft.yaml = m_yaml->text();
    if (m_format == Format::Panther) {
        draft.python = m_python->text();
    }
    return draft;
}

bool RuleEditor::isModified() const
{
    return m_isWorthKeeping || draft() != m_saved;
}

QString RuleEditor::state() const
{
    return m_state->text();
}

void RuleEditor::showCode(bool python)
{
    const bool isPython = python && m_format == Format::Panther;
    CodeEdit *code = isPython ? m_python : m_yaml;
    m_codes->setCurrentWidget(code);
    m_codes->setFocusProxy(code);
    m_place->setText(tr("Line %1, column %2").arg(code->currentLine()).arg(code->currentColumn()));
}

void RuleEditor::goTo(bool isOfPython, int line)
{
    m_languages->setCurrentIndex(isOfPython ? 0 : 1);
    showCode(isOfPython);
    (isOfPython ? m_python : m_yaml)->goTo(line);
}

void RuleEditor::takeChange()
{
    const detect::RuleDraft now = draft();
    m_versions->setDraft(now);
    m_checker->check(now);
    updateState();
}

void RuleEditor::updateState()
{
    const QString title = draft().title();
    m_title->setText(title.isEmpty() ? tr("A rule without a title") : singleLine(title, 120));
    if (m_isSaving) {
        m_state->setText(tr("Saving…"));
    } else if (m_origin.kind == RuleOrigin::Kind::New) {
        m_state->setText(tr("Not saved yet"));
    } else if (isModified()) {
        m_state->setText(tr("Unsaved changes"));
    } else if (isKeptUnusable()) {
        m_state->setText(tr("Saved, but does not run"));
    } else if (!m_savedAt.isEmpty()) {
        m_state->setText(tr("Saved at %1").arg(m_savedAt));
    } else {
        m_state->setText(m_origin.kind == RuleOrigin::Kind::File ? singleLine(m_origin.place, 60) : tr("Saved"));
    }
    m_actions.save->setEnabled(!m_isSaving && (m_origin.kind == RuleOrigin::Kind::New || isModified()));
    showUnusable();
}

void RuleEditor::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_isChecked) {
        showVerdictIcon(); // it has the palette's tones
    }
}

void RuleEditor::showVerdictIcon()
{
    const bool isFine = m_worst.sentence.isEmpty();
    const bool isError = !isFine && m_worst.weight == detect::Remark::Weight::Error;
    m_verdictIcon->setPixmap((isFine ? icon(u"check", Tone::Good)
            : isError                ? icon(u"error", Tone::Bad)
                                     : icon(u"warning", Tone::Warning))
                                 .pixmap(metrics::IconSize, metrics::IconSize));
}

void RuleEditor::takeCheck(const std::shared_ptr<const detect::RuleCheck> &check)
{
    m_check->showCheck(check);
    m_lastCheck = check;
    m_ruleId = check->rule ? check->rule->id : QString();
    std::vector<CodeEdit::Mark> yaml;
    std::vector<CodeEdit::Mark> python;
    m_worst = {};
    for (const detect::Remark &remark : check->remarks) {
        const bool isError = remark.weight == detect::Remark::Weight::Error;
        (remark.isOfPython ? python : yaml).push_back({remark.line, isError, remark.sentence});
        if (m_worst.sentence.isEmpty() || (isError && m_worst.weight != detect::Remark::Weight::Error)) {
            m_worst = remark;
        }
    }
    for (const detect::CheckedTest &test : check->tests) {
        if (!test.passed) {
            yaml.push_back({test.line, true, tr("The test failed. %1").arg(test.sentence)});
            if (m_worst.sentence.isEmpty() || m_worst.weight == detect::Remark::Weight::Hint) {
                m_worst = {detect::Remark::Weight::Error, false, test.line,
                    tr("The test \u201c%1\u201d failed. %2").arg(test.name, test.sentence)};
            }
        }
    }
    m_yaml->setMarks(yaml);
    m_python->setMarks(python);
    m_isChecked = true;
    showVerdictIcon();
    const bool isFine = m_worst.sentence.isEmpty();
    const QString sentence = isFine ? CheckPane::summaryOf(*check)
        : m_worst.line > 0          ? tr("Line %1: %2").arg(m_worst.line).arg(m_worst.sentence)
                                    : m_worst.sentence;
    m_verdict->setText(singleLine(sentence, 300));
    m_verdict->setToolTip(ui::toolTip(sentence));
    m_backTest->setCheck(check);
    updateState();
}

void RuleEditor::saveState(QSettings &settings) const
{
    settings.setValue("editor/splitter", m_splitter->saveState());
    settings.setValue("editor/days", m_backTest->days());
}

void RuleEditor::restoreState(const QSettings &settings)
{
    m_splitter->restoreState(settings.value("editor/splitter").toByteArray());
    if (settings.contains("editor/days")) {
        m_backTest->setDays(settings.value("editor/days").toInt());
    }
}

} // namespace octotrail::ui
