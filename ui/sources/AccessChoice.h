// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/Records.h"

#include <QWidget>

class QRadioButton;
class QVBoxLayout;

namespace octotrail::ui {

/// The choice of how Octotrail proves to Okta who it is, each way with what it means.
class AccessChoice : public QWidget
{
    Q_OBJECT

public:
    using Authentication = store::SourceConfig::Authentication;

    explicit AccessChoice(QWidget *parent = nullptr);

    Authentication value() const;
    void setValue(Authentication value);

Q_SIGNALS:
    void changed();

private:
    QRadioButton *addRow(QVBoxLayout *column, const QString &name, const QString &description);

    QRadioButton *m_token;
    QRadioButton *m_app;
};

} // namespace octotrail::ui
