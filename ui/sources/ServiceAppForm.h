// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/sources/SourceDraft.h"

#include <QWidget>
#include <functional>

class QLineEdit;

namespace octotrail::ui {

class FieldCheck;
class FieldMessage;
class KeyField;
class Note;

/// Asks for an OAuth 2.0 service app: its client ID, its private key, and the key's ID.
class ServiceAppForm : public QWidget
{
    Q_OBJECT

public:
    /// needsKey says why a key has to be given, or nothing if one is kept that still fits.
    explicit ServiceAppForm(std::function<QString()> needsKey, QWidget *parent = nullptr);

    void load(const SourceDraft &draft);
    void save(SourceDraft &draft) const;
    /// Says at each wrong field what is wrong, and moves the focus to the first.
    bool validate();
    /// Moves the focus to the key and says there what is wrong.
    void focusKey(const QString &fault);
    /// To be called when needsKey may say something else.
    void review();
    void setKeychainAvailable(bool available);
    void setKeyLost(const QString &sentence);

Q_SIGNALS:
    void changed();

private:
    QString keyProblem() const;
    bool checkKey();

    std::function<QString()> m_needsKey;
    QLineEdit *m_clientId;
    FieldMessage *m_clientIdMessage;
    FieldCheck *m_clientIdCheck;
    KeyField *m_key;
    FieldMessage *m_keyMessage;
    QLineEdit *m_keyId;
    FieldMessage *m_keyIdMessage;
    FieldCheck *m_keyIdCheck;
    Note *m_help;
    bool m_showsKeyProblem = false;
};

} // namespace octotrail::ui
