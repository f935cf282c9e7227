// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Dialogs.h"
#include "WindowDriver.h"
#include "exchange/ReportExport.h"
#include "ui/cases/RedactionPane.h"
#include "ui/transfer/ExportDialog.h"
#include "ui/widgets/Banner.h"
#include "ui/window/TransferArea.h"

#include <QCheckBox>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace octotrail;
using namespace octotrail::tests;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

namespace {

QString message(WindowDriver &driver)
{
    const auto *banner = driver.window().findChild<Banner *>(u"banner-transfer"_s);
    return banner ? banner->text() : QString();
}

} // namespace

/// What leaves a case as a report or redacted, asked for in the window.
class ExportsTest : public QObject
{
    Q_OBJECT

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setOrganizationName(u"Octotrail"_s);
        QCoreApplication::setApplicationName(u"tst_exports"_s);
    }
    void init() { QSettings().clear(); }

    void exportsChosenEventsAsAReport();
    void tellsFirstThatAPdfIsTooLong();
    void redactsAnExport();
    void asksForAPassphrase();
};

void ExportsTest::exportsChosenEventsAsAReport()
{
    CaseFile file;
    file.append(sampleEvents(0, 99));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    EventTable *table = &driver.table();
    table->selectRow(2);
    table->selectionModel()->select(
        table->model()->index(4, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    auto *chosen = ask->findChild<QRadioButton *>(u"chosenEvents"_s);
    QVERIFY(chosen);
    QCOMPARE(chosen->text(), u"The 2 chosen events"_s);
    chosen->click();
    auto *title = ask->findChild<QLineEdit *>(u"reportTitle"_s);
    QVERIFY(!title->isEnabled());
    ask->setFormat(exchange::Format::Html);
    QVERIFY(title->isEnabled());
    title->setText(u"Incident 7"_s);
    ask->findChild<QPlainTextEdit *>(u"reportRemarks"_s)->setPlainText(u"Two sign-ins."_s);
    QVERIFY(ask->findChild<QCheckBox *>(u"manifest"_s)->isChecked());
    QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
    ask->accept();
    chooseFile(path(u"report.html"_s));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    QVERIFY2(message(driver).contains(u"Exported 2 events"_s), qPrintable(message(driver)));
    const QByteArray html = contents(path(u"report.html"_s));
    QCOMPARE(html.count("<section"), 2);
    QVERIFY(html.contains("Incident 7"));
    QVERIFY(html.contains("chosen events"));
    QVERIFY(html.contains("08:01:37.000"));
    QVERIFY(html.contains("08:01:35.000"));
    const QJsonObject manifest = QJsonDocument::fromJson(contents(path(u"report.html.manifest.json"_s))).object();
    QCOMPARE(manifest[u"events"_s].toInt(), 2);
    QCOMPARE(manifest[u"format"_s].toString(), u"html"_s);
    // The same in another form is not typed again.
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    ask = dialog<ExportDialog>();
    QVERIFY(ask);
    QCOMPARE(ask->options().report.title, u"Incident 7"_s);
    QCOMPARE(ask->options().report.remarks, u"Two sign-ins."_s);
}

void ExportsTest::tellsFirstThatAPdfIsTooLong()
{
    CaseFile file;
    file.append(sampleEvents(0, exchange::mostPdfEvents));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    driver.table().selectRow(2);
    driver.table().selectionModel()->select(
        driver.table().model()->index(4, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    driver.shortcut(Qt::Key_E, Qt::ControlModifier);
    auto *ask = dialog<ExportDialog>();
    QVERIFY(ask);
    auto *told = ask->findChild<QLabel *>(u"reportTooLong"_s);
    const auto buttons = ask->findChildren<QPushButton *>();
    const auto go = std::ranges::find_if(buttons, [](auto *button) { return button->isDefault(); });
    QVERIFY(go != buttons.end());
    QVERIFY(!told->isVisible());
    ask->setFormat(exchange::Format::Pdf);
    QVERIFY(told->isVisible());
    QVERIFY2(told->text().contains(QLocale().toString(exchange::mostPdfEvents)), qPrintable(told->text()));
    QVERIFY(!(*go)->isEnabled());
    // Two of them are few enough, and HTML takes all.
    ask->findChild<QRadioButton *>(u"chosenEvents"_s)->click();
    QVERIFY(!told->isVisible() && (*go)->isEnabled());
    ask->findChild<QRadioButton *>(u"allEvents"_s)->click();
    QVERIFY(told->isVisible() && !(*go)->isEnabled());
    ask->setFormat(exchange::Format::Html);
    QVERIFY(!told->isVisible() && (*go)->isEnabled());
}

void ExportsTest::redactsAnExport()
{
    CaseFile file;
    file.append(sampleEvents(0, 19));
    WindowDriver driver(file);
    QVERIFY(driver.open());
    const auto go = [&](const QString &name) {
        QSignalSpy finished(driver.window().transfers(), &TransferArea::finished);
        driver.shortcut(Qt::Key_E, Qt::ControlModifier);
        auto *ask = dialog<ExportDialog>();
        QVERIFY(ask);
        auto *redact = ask->findChild<QCheckBox *>(u"redact"_s);
        auto *pane = ask->findChild<RedactionPane *>();
        QVERIFY(!pane->isVisible());
        redact->click();
        QVERIFY(pane->isVisible());
        auto *fields = pane->findChild<QListWidget *>(u"redactedFields"_s);
        QTRY_VERIFY(fields->height() >= 10 * fields->sizeHintForRow(0));
        QVERIFY(fields->geometry().bottom() < pane->findChild<QLineEdit *>(u"otherField"_s)->geometry().top());
        int checked = 0;
        for (int row = 0; row < fields->count(); ++row) {
            checked += fields->item(row)->checkState() == Qt::Checked ? 1 : 0;
        }
        QVERIFY(checked > 5);
        QTest::keyClicks(pane->findChild<QLineEdit *>(u"otherField"_s), u"client.zone"_s);
        QTest::mouseClick(pane->findChild<QPushButton *>(u"addField"_s), Qt::LeftButton);
        const std::vector<std::string> chosen = pane->choice().fields;
        QVERIFY(std::ranges::find(chosen, "client.zone") != chosen.end());
        ask->accept();
        chooseFile(path(name));
        QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, patience);
    };
    go(u"a.ndjson"_s);
    const QByteArray a = contents(path(u"a.ndjson"_s));
    QCOMPARE(a.count('\n'), 20);
    QVERIFY(!a.contains("ada@example.com"));
    QVERIFY(!a.contains("example.com"));
    QVERIFY(a.contains("\"user-"));
    // Another time, other pseudonyms.
    go(u"b.ndjson"_s);
    QCOMPARE(contents(path(u"b.ndjson"_s)).count('\n'), 20);
    QVERIFY(contents(path(u"b.ndjson"_s)) != a);
}

void ExportsTest::asksForAPassphrase()
{
    ExportDialog ask({u"20 events"_s, 20, 0}, {});
    ask.show();
    QPushButton *go = nullptr;
    for (QPushButton *button : ask.findChildren<QPushButton *>()) {
        if (button->text().remove(u'&') == u"Choose file\u2026"_s) {
            go = button;
        }
    }
    QVERIFY(go && go->isEnabled());
    QVERIFY(!ask.redaction());
    ask.findChild<QCheckBox *>(u"redact"_s)->click();
    QVERIFY(go->isEnabled());
    QVERIFY(ask.redaction()->passphrase.isEmpty());
    ask.findChild<QRadioButton *>(u"passphraseKey"_s)->click();
    QVERIFY(!go->isEnabled());
    auto *problem = ask.findChild<QLabel *>(u"redactionProblem"_s);
    QVERIFY(!problem->text().isEmpty());
    auto *passphrase = ask.findChild<QLineEdit *>(u"redactionPassphrase"_s);
    QCOMPARE(passphrase->echoMode(), QLineEdit::Password);
    QTest::keyClicks(passphrase, u"correct horse"_s);
    QVERIFY(go->isEnabled());
    QVERIFY(problem->text().isEmpty());
    QCOMPARE(ask.redaction()->passphrase, u"correct horse"_s);
    // None is left: there is nothing to redact.
    auto *fields = ask.findChild<QListWidget *>(u"redactedFields"_s);
    for (int row = 0; row < fields->count(); ++row) {
        fields->item(row)->setCheckState(Qt::Unchecked);
    }
    QVERIFY(!go->isEnabled());
    // A passphrase is nowhere in the settings.
    ask.findChild<QCheckBox *>(u"redact"_s)->setChecked(true);
    fields->item(0)->setCheckState(Qt::Checked);
    ask.setAttribute(Qt::WA_DeleteOnClose, false);
    ask.accept();
    QSettings settings;
    for (const QString &key : settings.allKeys()) {
        QVERIFY(!settings.value(key).toString().contains(u"correct horse"_s));
    }
    QCOMPARE(settings.value("export/redact").toStringList().size(), 1);
}

QTEST_MAIN(ExportsTest)
#include "tst_exports.moc"
