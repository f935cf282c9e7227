// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/CheckPane.h"

#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

enum Role { LineRole = Qt::UserRole, PythonRole };

int failedOf(const detect::RuleCheck &check)
{
    return static_cast<int>(
        std::ranges::count_if(check.tests, [](const detect::CheckedTest &test) { return !test.passed; }));
}

int errorsOf(const detect::RuleCheck &check)
{
    return static_cast<int>(std::ranges::count_if(
        check.remarks, [](const detect::Remark &remark) { return remark.weight == detect::Remark::Weight::Error; }));
}

} // namespace

CheckPane::CheckPane(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_summary(new QLabel(this))
    , m_figure(new QLabel(this))
    , m_list(new QListWidget(this))
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_figure->setTextFormat(Qt::PlainText);
    m_figure->setWordWrap(true);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setTextElideMode(Qt::ElideNone);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSpacing(1);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setAccessibleName(tr("Errors, hints and tests of the rule"));
    auto *top = new QHBoxLayout;
    top->setContentsMargins(metrics::Unit, metrics::Unit, metrics::Unit, metrics::Unit);
    top->addWidget(m_icon, 0, Qt::AlignTop);
    auto *words = new QVBoxLayout;
    words->addWidget(m_summary);
    words->addWidget(m_figure);
    top->setSpacing(metrics::Unit);
    top->addLayout(words, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_list, 1);
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) { go(item); });
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) { go(item); });
    showBusy();
}

void CheckPane::go(const QListWidgetItem *item)
{
    if (const int line = item->data(LineRole).toInt(); line > 0) {
        Q_EMIT lineRequested(item->data(PythonRole).toBool(), line);
    }
}

void CheckPane::showBusy()
{
    m_iconName = u"clock"_s;
    m_tone = Tone::Muted;
    showIcon();
    m_summary->setText(tr("Checking…"));
}

QString CheckPane::summary() const
{
    return m_summary->text();
}

QString CheckPane::summaryOf(const detect::RuleCheck &check)
{
    if (const int errors = errorsOf(check); errors > 0) {
        return errors == 1 ? tr("The rule cannot be used: it has an error.")
                           : tr("The rule cannot be used: it has %1 errors.").arg(errors);
    }
    const int tests = static_cast<int>(check.tests.size());
    if (tests == 0) {
        return tr("The rule can be used. It has no tests.");
    }
    const int failed = failedOf(check);
    return failed == 0 ? tr("The rule can be used. All of its tests pass: %1.").arg(tests)
                       : tr("The rule can be used, but %1 of %2 tests fail.").arg(failed).arg(tests);
}

void CheckPane::addGroup(const QString &title)
{
    auto *group = new QListWidgetItem(title, m_list);
    QFont bold = m_list->font();
    bold.setWeight(QFont::DemiBold);
    group->setFont(bold);
    group->setFlags(Qt::ItemIsEnabled);
}

void CheckPane::showIcon()
{
    m_icon->setPixmap(icon(m_iconName, m_tone).pixmap(metrics::IconSize, metrics::IconSize));
}

void CheckPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        showIcon();
    }
    QWidget::changeEvent(event);
}

void CheckPane::showFigure(const QString &figure)
{
    m_figure->setText(figure);
}

void CheckPane::showCheck(const std::shared_ptr<const detect::RuleCheck> &check)
{
    const bool isBad = errorsOf(*check) > 0;
    const bool isDoubtful = failedOf(*check) > 0 || check->tests.empty();
    m_iconName = isBad ? u"error"_s : isDoubtful ? u"warning"_s : u"check"_s;
    m_tone = isBad ? Tone::Bad : isDoubtful ? Tone::Warning : Tone::Good;
    showIcon();
    m_summary->setText(summaryOf(*check));
    m_list->clear();
    const auto add = [&](const QIcon &look, const QString &text, bool isOfPython, int line) {
        auto *item = new QListWidgetItem(look, singleLine(text, 600), m_list);
        item->setData(LineRole, line);
        item->setData(PythonRole, isOfPython);
    };
    for (const auto weight : {detect::Remark::Weight::Error, detect::Remark::Weight::Hint}) {
        const bool isError = weight == detect::Remark::Weight::Error;
        bool isFirst = true;
        for (const detect::Remark &remark : check->remarks) {
            if (remark.weight != weight) {
                continue;
            }
            if (std::exchange(isFirst, false)) {
                addGroup(isError ? tr("Errors") : tr("Hints"));
            }
            add(isError ? icon(u"error", Tone::Bad) : icon(u"warning", Tone::Warning),
                remark.line > 0 ? tr("Line %1: %2").arg(remark.line).arg(remark.sentence) : remark.sentence,
                remark.isOfPython, remark.line);
        }
    }
    if (!check->tests.empty()) {
        addGroup(tr("Tests"));
    }
    for (const detect::CheckedTest &test : check->tests) {
        add(test.passed ? icon(u"check", Tone::Good) : icon(u"cross", Tone::Bad),
            (test.passed ? tr("%1 – passed. %2") : tr("%1 – failed. %2")).arg(test.name, test.sentence), false,
            test.line);
    }
}

} // namespace octotrail::ui
