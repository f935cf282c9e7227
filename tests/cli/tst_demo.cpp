// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Program.h"

#include <QDir>
#include <QFileInfo>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail::tests;
using namespace Qt::StringLiterals;

/// The demo on a machine without a display: a table and a picture.
class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatItCollected()
    {
        const QTemporaryDir folder;
        static const QRegularExpression form(u"([0-9,]+) events, ([0-9,]+) users, ([0-9,]+) devices"_s);
        QString text;
        bool isAllThere = false;
        // A slow machine gets more time.
        for (const QString &seconds : {u"6"_s, u"40"_s}) {
            const Outcome outcome = shell(u"cd \"$1\" && \"$0\" --demo --demo-seconds $2"_s, {folder.path(), seconds});
            QVERIFY2(outcome.code == 0, outcome.err.constData());
            text = QString::fromUtf8(outcome.out);
            const auto counts = form.match(text);
            QVERIFY2(counts.hasMatch(), qPrintable(text));
            isAllThere = true;
            for (int i = 1; i <= 3; ++i) {
                isAllThere = isAllThere && counts.captured(i).remove(u',').toInt() > 0;
            }
            if (isAllThere) {
                break;
            }
        }
        QVERIFY2(isAllThere, qPrintable(text));
        QVERIFY2(text.contains(u"user.session.start"_s), qPrintable(text));

        // The failures: as many columns in every line, aligned under their titles.
        const QStringList lines = text.split(u'\n');
        const auto header = lines.indexOf(QRegularExpression(u"^TIME \\(UTC\\) .*EVENT TYPE .*OUTCOME .*"_s));
        QVERIFY2(header >= 0, qPrintable(text));
        const auto outcomeColumn = lines[header].indexOf(u"OUTCOME"_s);
        int failures = 0;
        for (auto i = header + 1; i < lines.size() && !lines[i].isEmpty(); ++i, ++failures) {
            QVERIFY2(QRegularExpression(u"^(FAILURE|DENY)\\b"_s).match(lines[i].mid(outcomeColumn)).hasMatch(),
                qPrintable(lines[i]));
        }
        QVERIFY(failures > 0);

        const QString picture = folder.filePath(u"octotrail-demo.png"_s);
        QVERIFY2(text.contains(u"octotrail-demo.png"_s), qPrintable(text));
        const QImage image(picture);
        QVERIFY(image.width() >= 800);
        QVERIFY(image.height() >= 500);
        QSet<QRgb> colours;
        for (int y = 0; y < image.height(); y += 2) {
            for (int x = 0; x < image.width(); x += 2) {
                colours.insert(image.pixel(x, y));
            }
        }
        QVERIFY2(colours.size() > 30, "the picture is empty");
    }

    void aFolderThatCannotBeWritten()
    {
        const Outcome outcome = shell(u"cd /proc && \"$0\" --demo --demo-seconds 1"_s);
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        const auto file = QRegularExpression(u"(/\\S+/octotrail-demo\\.png)"_s).match(QString::fromUtf8(outcome.out));
        QVERIFY2(file.hasMatch(), outcome.out.constData());
        QVERIFY(!QImage(file.captured(1)).isNull());
        QVERIFY(QFileInfo(file.captured(1)).dir().removeRecursively());
    }

    void badSeconds() { QCOMPARE(run({u"--demo"_s, u"--demo-seconds"_s, u"0"_s}).code, 2); }
};

QTEST_GUILESS_MAIN(TestDemo)
#include "tst_demo.moc"
