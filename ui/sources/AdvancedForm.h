// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/Route.h"
#include "ui/sources/SourceDraft.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace octotrail::ui {

class FieldCheck;
class FieldMessage;

/// What most sources leave as it is, folded away: the proxy, certificate authorities of one's own, the share of Okta's
/// rate limits, and how late events are found.
class AdvancedForm : public QWidget
{
    Q_OBJECT

public:
    explicit AdvancedForm(QWidget *parent = nullptr);

    void load(const SourceDraft &draft);
    void save(SourceDraft &draft) const;
    /// Opens itself if something in it is wrong, and moves the focus there.
    bool validate();
    /// Opens itself and moves the focus to the proxy.
    void open();
    /// As it stands; the password only if it was typed.
    okta::Route route() const;

Q_SIGNALS:
    /// The proxy or the file has changed.
    void routeChanged();
    void changed();

private:
    enum class Proxy { System, None, Own };
    QWidget *buildRoute();
    QWidget *buildPace();
    void chooseFile();
    void updateState();
    Proxy proxyChoice() const;
    QString proxyText() const;
    QString proxyProblem() const;

    QToolButton *m_fold;
    QWidget *m_content;
    QComboBox *m_proxy;
    QLineEdit *m_address;
    FieldMessage *m_addressMessage;
    FieldCheck *m_addressCheck = nullptr;
    QLineEdit *m_password;
    QLineEdit *m_caFile;
    FieldMessage *m_caFileMessage;
    QSpinBox *m_share;
    QSpinBox *m_window;
    QSpinBox *m_period;
    QCheckBox *m_daily;
    QString m_savedProxy;
};

} // namespace octotrail::ui
