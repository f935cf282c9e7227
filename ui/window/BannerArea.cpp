// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/BannerArea.h"

#include "ui/widgets/Banner.h"

#include <QAction>
#include <QVBoxLayout>

namespace octotrail::ui {

BannerArea::BannerArea(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins({});
    m_layout->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

Banner *BannerArea::show(const QString &key, Tone tone, const QString &text, const QList<QAction *> &actions)
{
    if (Banner *same = m_banners.value(key); same && same->text() == text && same->tone() == tone) {
        qDeleteAll(actions);
        return same;
    }
    remove(key);
    auto *banner = new Banner(this);
    banner->setObjectName(QStringLiteral("banner-") + key);
    banner->setMessage(tone, text);
    for (QAction *action : actions) {
        action->setParent(banner);
        banner->addAction(action);
    }
    connect(banner, &Banner::closed, this, [this, key] { remove(key); });
    m_banners.insert(key, banner);
    m_layout->addWidget(banner);
    return banner;
}

void BannerArea::remove(const QString &key)
{
    if (Banner *banner = m_banners.take(key)) {
        banner->hide();
        banner->deleteLater(); // its own button may have asked for it
    }
}

} // namespace octotrail::ui
