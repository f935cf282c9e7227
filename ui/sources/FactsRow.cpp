// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/sources/FactsRow.h"

#include "ui/sources/ToneLabel.h"
#include "ui/style/Fonts.h"
#include "ui/style/Metrics.h"
#include "ui/widgets/PlainText.h"

#include <QLabel>
#include <algorithm>

namespace octotrail::ui {

namespace {

constexpr int cellWidth = 15 * metrics::Unit;
constexpr int lineGap = metrics::Unit;

} // namespace

FactsRow::FactsRow(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int FactsRow::addFact(const QString &name)
{
    const Fact fact{name, new ToneLabel(this, Tone::Muted), new ToneLabel(this)};
    fact.nameLabel->setText(name);
    fact.nameLabel->setWordWrap(false);
    fact.nameLabel->setFont(scaledFont(TextSize::Small));
    fact.valueLabel->setWordWrap(false);
    fact.valueLabel->setTextInteractionFlags(Qt::TextSelectableByMouse);
    fact.nameLabel->show();
    fact.valueLabel->show();
    m_facts.append(fact);
    updateGeometry();
    arrange();
    return int(m_facts.size()) - 1;
}

void FactsRow::setValue(int fact, const QString &value, const QString &whole)
{
    const Fact &f = m_facts.at(fact);
    f.valueLabel->setText(value);
    f.valueLabel->setToolTip(whole.isEmpty() ? QString() : ui::toolTip(whole));
    f.valueLabel->setAccessibleName(f.name + QStringLiteral(": ") + (whole.isEmpty() ? value : whole));
}

void FactsRow::setTone(int fact, Tone tone)
{
    m_facts.at(fact).valueLabel->setTone(tone);
}

QString FactsRow::value(int fact) const
{
    return m_facts.at(fact).valueLabel->text();
}

Tone FactsRow::tone(int fact) const
{
    return m_facts.at(fact).valueLabel->tone();
}

int FactsRow::heightForWidth(int width) const
{
    const int columns = columnsFor(width);
    const int lines = (int(m_facts.size()) + columns - 1) / columns;
    return lines * cellHeight() + std::max(0, lines - 1) * lineGap;
}

QSize FactsRow::sizeHint() const
{
    const int width = cellWidth * std::max<int>(1, int(m_facts.size()));
    return {width, heightForWidth(width)};
}

QSize FactsRow::minimumSizeHint() const
{
    return {2 * cellWidth, cellHeight()};
}

void FactsRow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

/// As few lines as there is room for, and as many in each.
int FactsRow::columnsFor(int width) const
{
    const int facts = std::max<int>(1, int(m_facts.size()));
    const int room = std::clamp<int>(width / cellWidth, 1, facts);
    const int lines = (facts + room - 1) / room;
    return (facts + lines - 1) / lines;
}

int FactsRow::cellHeight() const
{
    return QFontMetrics(scaledFont(TextSize::Small)).height() + 2 + QFontMetrics(scaledFont(TextSize::Body)).height();
}

void FactsRow::arrange()
{
    const int columns = columnsFor(width());
    const int cell = width() / columns;
    const int nameHeight = QFontMetrics(scaledFont(TextSize::Small)).height();
    const int valueHeight = QFontMetrics(scaledFont(TextSize::Body)).height();
    for (int i = 0; i < m_facts.size(); ++i) {
        const int column = isRightToLeft() ? columns - 1 - i % columns : i % columns;
        const int y = i / columns * (cellHeight() + lineGap);
        m_facts.at(i).nameLabel->setGeometry(column * cell, y, cell - metrics::Unit, nameHeight);
        m_facts.at(i).valueLabel->setGeometry(column * cell, y + nameHeight + 2, cell - metrics::Unit, valueHeight);
    }
}

} // namespace octotrail::ui
