// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/SourceDraft.h"

#include <QWidget>
#include <functional>

class QLineEdit;
class QToolButton;

namespace octotrail::ui {

class FieldCheck;
class FieldMessage;

/// Asks for an API token.
class TokenForm : public QWidget
{
    Q_OBJECT

public:
    /// needsToken says why a token has to be given, or nothing if one is kept that still fits.
    explicit TokenForm(std::function<QString()> needsToken, QWidget *parent = nullptr);

    void load(const SourceDraft &draft);
    void save(SourceDraft &draft) const;
    /// Says what is wrong, if anything is, and moves the focus there.
    bool validate();
    void focusToken(const QString &fault);
    /// To be called when needsToken may say something else.
    void review();
    void hideToken();
    void setKeychainAvailable(bool available);
    void setTokenLost(const QString &sentence);

Q_SIGNALS:
    void changed();

private:
    void reveal(bool shown);
    QString problem() const;
    void clean(const QString &text);

    std::function<QString()> m_needsToken;
    QLineEdit *m_token;
    QToolButton *m_reveal;
    FieldMessage *m_message;
    FieldCheck *m_check;
};

} // namespace octotrail::ui
