// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QList>
#include <QWidget>

class QLabel;

namespace octotrail::ui {

class ToneLabel;

/// Short facts side by side, each a quiet name over a value; as many in a line as there is room for.
class FactsRow : public QWidget
{
    Q_OBJECT

public:
    explicit FactsRow(QWidget *parent = nullptr);

    /// Adds a fact and gives its number.
    int addFact(const QString &name);
    /// Plain text. whole: the same at length, for a tooltip and a screen reader; empty if there is no more to say.
    void setValue(int fact, const QString &value, const QString &whole = {});
    void setTone(int fact, Tone tone);
    QString value(int fact) const;
    Tone tone(int fact) const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Fact
    {
        QString name;
        QLabel *nameLabel;
        ToneLabel *valueLabel;
    };

    int columnsFor(int width) const;
    int cellHeight() const;
    void arrange();

    QList<Fact> m_facts;
};

} // namespace octotrail::ui
