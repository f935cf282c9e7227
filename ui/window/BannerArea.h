// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/style/Tones.h"

#include <QHash>
#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace octotrail::ui {

class Banner;

/// The messages at the top of the window, each under a key: another message under the same key replaces it.
class BannerArea : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);

    /// The banner takes the actions as its own.
    Banner *show(const QString &key, Tone tone, const QString &text, const QList<QAction *> &actions = {});
    using QWidget::show;
    void remove(const QString &key);
    Banner *banner(const QString &key) const { return m_banners.value(key); }

private:
    QHash<QString, Banner *> m_banners;
    QVBoxLayout *m_layout;
};

} // namespace octotrail::ui
