// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Pictures.h"

#include "ui/style/Tones.h"

#include <QDir>
#include <QImage>
#include <QTest>
#include <set>

namespace octotrail::tests {

using namespace Qt::StringLiterals;
using Choice = ui::Appearance::Choice;

bool keepPicture(QWidget &widget, const QString &name)
{
    QTest::qWait(50); // what is posted: layouts, painting
    const QImage image = widget.grab().toImage();
    std::set<QRgb> colours;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3) {
            colours.insert(image.pixel(x, y));
        }
    }
    constexpr std::size_t coloursOfSomething = 15;
    const QString folder = widget.devicePixelRatio() > 1 ? u"screenshots-2x"_s : u"screenshots"_s;
    const QString suffix = ui::isDark(widget.palette()) ? u"-dark.png"_s : u".png"_s;
    return colours.size() > coloursOfSomething && QDir().mkpath(folder) && image.save(folder + u'/' + name + suffix);
}

bool keepPictures(QWidget &widget, const QString &name, ui::Appearance &appearance)
{
    appearance.setChoice(Choice::Dark);
    const bool isKept = keepPicture(widget, name);
    appearance.setChoice(Choice::Light);
    return keepPicture(widget, name) && isKept;
}

} // namespace octotrail::tests
