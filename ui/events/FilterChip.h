// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/TermList.h"

#include <QAbstractButton>

namespace octotrail::ui {

/// A term of the filter: plain text, shortened to what fits, with a cross. A click chooses it, a double click edits.
class FilterChip : public QAbstractButton
{
    Q_OBJECT

public:
    explicit FilterChip(QWidget *parent = nullptr);

    void setTerm(const filter::Term &term);
    const filter::Term &term() const { return m_term; }
    QSize sizeHint() const override;
    /// Where the cross is.
    QRect crossRect() const;
    /// Painted as what is being dragged.
    void setLifted(bool lifted);

Q_SIGNALS:
    void editRequested();
    void removeRequested();
    /// A key came; accepting the event says that it meant something.
    void keyPressed(QKeyEvent *event);
    /// The mouse holds it and moves, or has let it go.
    void dragged(const QPoint &position);
    void dropped(const QPoint &position);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    bool isNegated() const;

    filter::Term m_term;
    QString m_caption;
    QPoint m_pressedAt;
    bool m_pressedCross = false;
    bool m_isPressed = false;
    bool m_isLifted = false;
    bool m_isNegated = false;
};

} // namespace octotrail::ui
