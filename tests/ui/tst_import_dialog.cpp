// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Packing.h"
#include "Pictures.h"
#include "SampleEvents.h"
#include "ui/transfer/ImportDialog.h"
#include "ui/transfer/ProblemList.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000;

} // namespace

class TestImportDialog : public QObject
{
    Q_OBJECT

private:
    QString file(const QByteArray &bytes, const QString &name)
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size()) {
            qFatal("cannot write");
        }
        return out.fileName();
    }

    static std::unique_ptr<ImportDialog> open(const QString &archive, const QString &storeFile = {})
    {
        auto dialog = std::make_unique<ImportDialog>(QStringList{archive}, QStringList{}, storeFile);
        dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        dialog->show();
        return dialog;
    }

    static QString text(const ImportDialog &dialog, const QString &label)
    {
        return dialog.findChild<QLabel *>(label)->text();
    }

    static QPushButton *start(const ImportDialog &dialog)
    {
        for (QPushButton *button : dialog.findChildren<QPushButton *>()) {
            if (button->text() == u"Import"_s) {
                return button;
            }
        }
        return nullptr;
    }

    QTemporaryDir m_folder;
    Appearance m_appearance{*qApp};

private Q_SLOTS:
    void showsWhatIsInAnArchive()
    {
        const auto dialog = open(file(tests::zip({{"events.ndjson",
                                          "{\"result\":" + tests::sampleEvent(0) + "}\n" + tests::sampleLines(1, 60)
                                              + "no event\n{\"no\":\"uuid\"}\n"}}),
            u"case.zip"_s));
        QVERIFY(start(*dialog)->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(text(*dialog, u"previewCount"_s), u"61"_s, patience);
        QCOMPARE(text(*dialog, u"previewForm"_s), u"NDJSON, packed with zip; wrapped by Splunk, which is taken off"_s);
        QCOMPARE(text(*dialog, u"previewTimes"_s), u"2026-08-01 00:00:00 to 2026-08-01 00:00:59"_s);
        auto *rows = dialog->findChild<QTreeWidget *>(u"previewRows"_s);
        QCOMPARE(rows->topLevelItemCount(), 50);
        QCOMPARE(rows->topLevelItem(1)->text(2), u"user1@example.com"_s);
        auto *problems = dialog->findChild<QTreeWidget *>(u"previewProblems"_s);
        QVERIFY(problems->isVisible());
        QCOMPARE(problems->topLevelItemCount(), 2);
        QCOMPARE(problems->topLevelItem(0)->text(0), u"61"_s);
        QVERIFY(start(*dialog)->isEnabled());
        QVERIFY(tests::keepPictures(*dialog, u"import-preview"_s, m_appearance));
    }

    void whatIsNoArchiveCannotBeImported_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("isOpenCase");
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 17) << false;
        QTest::newRow("empty") << QByteArray() << false;
        QTest::newRow("the open case") << QByteArray("{}") << true;
    }

    void whatIsNoArchiveCannotBeImported()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, isOpenCase);
        const QString archive = file(bytes, u"what"_s);
        const auto dialog = open(archive, isOpenCase ? archive : QString());
        QTRY_VERIFY_WITH_TIMEOUT(!start(*dialog)->isEnabled(), patience);
        const QString note = text(*dialog, u"previewNote"_s);
        QVERIFY2(note.contains(isOpenCase ? u"open case itself"_s : u"No event was found"_s), qPrintable(note));
        QVERIFY(tests::keepPictures(*dialog, u"import-nothing"_s, m_appearance));
    }

    /// Closing it while a large archive is read does not wait for the rest.
    void closesWhileReading()
    {
        auto dialog = open(file(tests::sampleLines(0, 20'000), u"large.ndjson"_s));
        QVERIFY(!text(*dialog, u"previewCount"_s).isEmpty());
        dialog.reset();
    }

    void savesTheReport()
    {
        QList<exchange::ImportProblem> problems;
        for (int line = 1; line <= 1500; ++line) {
            problems.append({u"/cases/a.zip \u203a logs/b.json"_s, line, u"This is no JSON object."_s});
        }
        ProblemList list(problems, 2000);
        list.setAttribute(Qt::WA_DeleteOnClose, false);
        list.show();
        auto *tree = list.findChild<QTreeWidget *>(u"problems"_s);
        QCOMPARE(tree->topLevelItemCount(), 1000);
        QCOMPARE(tree->topLevelItem(0)->text(0), u"a.zip \u203a logs/b.json"_s);
        const QString name = m_folder.filePath(u"report.csv"_s);
        list.save(name);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(name), patience);
        QFile saved(name);
        QVERIFY(saved.open(QIODevice::ReadOnly));
        const QByteArray csv = saved.readAll();
        QCOMPARE(csv.count('\n'), 1502);
        QVERIFY(csv.contains("500 more"));
        QVERIFY(tests::keepPictures(list, u"import-problems"_s, m_appearance));
    }
};

QTEST_MAIN(TestImportDialog)
#include "tst_import_dialog.moc"
