// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "event/Result.h"

#include <QByteArray>
#include <QFrame>

class QPushButton;

namespace octotrail::ui {

class StatusIcon;
class ToneLabel;

/// Takes a private key: a file that is chosen or dropped, or the clipboard. Shows what kind of key it is, and never the
/// key itself.
class KeyField : public QFrame
{
    Q_OBJECT

public:
    explicit KeyField(QWidget *parent = nullptr);
    ~KeyField() override;

    /// What was given, if it is a key; else empty.
    QByteArray key() const { return m_key; }
    void setKey(const QByteArray &key);
    /// Of a JWK that has one.
    const QString &keyId() const { return m_keyId; }
    /// A key is kept already: an empty field leaves it.
    void setKept(bool kept);
    /// Why what was given last is no key; empty if it is one, or nothing was given.
    const QString &problem() const { return m_problem; }

    /// Text from wherever it came.
    void take(const QByteArray &text);
    /// Reads the file elsewhere.
    void takeFile(const QString &name);

Q_SIGNALS:
    void changed();

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void choose();
    void paste();
    void clear();
    void fail(const QString &problem);
    void updateLook();

    QByteArray m_key;
    QString m_keyId;
    QString m_summary;
    QString m_problem;
    bool m_isKept = false;
    bool m_isDragged = false;
    int m_readings = 0; ///< tells a file that was read for an earlier choice
    StatusIcon *m_icon;
    ToneLabel *m_text;
    QPushButton *m_choose;
    QPushButton *m_paste;
    QPushButton *m_clear;
};

} // namespace octotrail::ui
