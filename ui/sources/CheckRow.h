// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "okta/ConnectionCheck.h"
#include "ui/sources/SourceField.h"

#include <QWidget>
#include <optional>

class QPushButton;

namespace octotrail::ui {

class StatusIcon;
class ToneLabel;

/// One check of the connection: what is tried, how it stands, what was found, and where to mend it.
class CheckRow : public QWidget
{
    Q_OBJECT

public:
    explicit CheckRow(QWidget *parent = nullptr);

    void setStep(const okta::CheckStep &step);
    /// Offers a way to the field, or none.
    void setMend(std::optional<SourceField> field);

    okta::CheckStep::State state() const { return m_state; }
    QString sentence() const;

Q_SIGNALS:
    void mendRequested(octotrail::ui::SourceField field);

private:
    void updateLook();

    okta::CheckStep::State m_state = okta::CheckStep::State::Waiting;
    std::optional<SourceField> m_field;
    StatusIcon *m_icon;
    ToneLabel *m_title;
    ToneLabel *m_stateWord;
    ToneLabel *m_sentence;
    QPushButton *m_mend;
};

} // namespace octotrail::ui
