// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QPointer>
#include <QWidget>

namespace octotrail::ui {

class StatusIcon;
class ToneLabel;

/// The line under a field: a hint, or in its place what is being looked up, what was found, or what is wrong and what
/// to do about it. Keeps a line's height when it has nothing to say, so that the form does not jump.
class FieldMessage : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Hint, Busy, Good, Warning, Error };
    Q_ENUM(Kind)

    explicit FieldMessage(QWidget *parent = nullptr);

    /// The field that this is about: its frame shows an error, and a screen reader reads the message with it.
    void setField(QWidget *field);
    void setHint(const QString &hint);
    /// Plain text; an empty one goes back to the hint.
    void setMessage(Kind kind, const QString &text);
    void clear();

    Kind kind() const { return m_kind; }
    QString text() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateLook();

    Kind m_kind = Kind::Hint;
    QString m_hint;
    QString m_message;
    StatusIcon *m_icon;
    ToneLabel *m_text;
    QPointer<QWidget> m_field;
    bool m_updating = false;
};

} // namespace octotrail::ui
